using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>Failures that the fan-out itself gives a call.</summary>
internal static class Failures
{
    public static ModelReply Of(FailureReason reason, string message, int attempts = 0, TimeSpan latency = default) =>
        new() { Failure = reason, FailureMessage = message, Attempts = attempts, Latency = latency, MayBeBilled = attempts > 0 };

    public static ModelReply OverCap(decimal? worstCaseUsd) => Of(FailureReason.CostLimit, worstCaseUsd is { } worst
        ? $"Not asked: the call may cost up to {worst:0.######} USD, more than is left of maxCostUsd."
        : "Not asked: the model has no configured price, so maxCostUsd could not be kept.");

    public static ModelReply TooManyStuck() => Of(FailureReason.Unavailable, "Not asked: too many earlier calls to this model have not ended.");

    /// <summary>The failure of a call that was cut, with what is known of its attempts and cost from a reply that came too late.</summary>
    public static ModelReply Cut(FanOutEnd end, ModelReply? late, TimeSpan waited) => new()
    {
        Failure = end == FanOutEnd.Deadline ? FailureReason.Timeout : FailureReason.Cancelled,
        FailureMessage = end switch
        {
            FanOutEnd.Deadline => "The deadline passed before the answer came.",
            FanOutEnd.CallerGone => "The caller went away.",
            _ => "Stopped early: the answers so far were enough.",
        },
        Attempts = late?.Attempts ?? 1,
        Latency = waited,
        ProviderModel = late?.ProviderModel,
        InputTokens = late?.InputTokens,
        OutputTokens = late?.OutputTokens,
        CostUsd = late?.CostUsd,
        MayBeBilled = late?.MayBeBilled ?? true,
    };
}
