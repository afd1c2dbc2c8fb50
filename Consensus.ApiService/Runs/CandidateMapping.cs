using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Runs;

/// <summary>From a finished call to a candidate whose answer has not been read yet.</summary>
internal static class CandidateMapping
{
    public static CandidateBody ToCandidate(FinishedCall finished)
    {
        var (call, reply, _) = finished;
        return new CandidateBody
        {
            Id = call.Id,
            Model = call.Model.Id,
            Family = call.Model.Family,
            Sample = call.Sample,
            Status = reply.Text is null ? CandidateStatus.Failed : CandidateStatus.NoAnswer,
            Text = reply.Text,
            Error = reply.Text is null ? new CandidateErrorBody(reply.Failure!.Value, reply.FailureMessage ?? "The call failed.") : null,
            Attempts = reply.Attempts,
            LatencyMs = reply.Attempts > 0 ? reply.Latency.TotalMilliseconds : null,
            FinishReason = reply.FinishReason,
            ProviderModel = reply.ProviderModel,
            Usage = Usage(reply),
            Cached = reply.Cached,
        };
    }

    /// <summary>What a call used; <c>null</c> where nothing is known of it.</summary>
    public static UsageBody? Usage(ModelReply reply) =>
        reply is { InputTokens: null, OutputTokens: null, CostUsd: null } ? null : new UsageBody(reply.InputTokens, reply.OutputTokens, reply.CostUsd);
}
