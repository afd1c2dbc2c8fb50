using System.Diagnostics;
using System.Text.Json;
using Consensus.ApiService.FanOut;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Steps;

/// <summary>A step from its begin to its end, which is told once. One of a run that failed on it has no end, only its span has.</summary>
internal sealed class Step(string name, GuardedCalls calls, TimeProvider time, Action<StepBody> tell) : IDisposable
{
    private readonly long startedAt = time.GetTimestamp();

    // Current until the step ends, so that the calls of its models are its children.
    private readonly Activity? span = ApiTelemetry.Source.StartActivity(ApiTelemetry.StepSpan)?.SetTag("consensus.step.name", name);

    /// <summary>Whether its end was told.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Asks one model; every failure is a value.</summary>
    public Task<ModelReply> AskAsync(ModelCall call, CancellationToken cancellationToken) => calls.AskAsync(call, cancellationToken);

    /// <summary>It came to its end and took part in the answer.</summary>
    public void Complete(JsonElement? details = null, UsageBody? usage = null) => End(StepStatus.Completed, null, null, details, usage);

    /// <summary>It was not needed.</summary>
    public void Skip(StepReason reason, string message, JsonElement? details = null) => End(StepStatus.Skipped, reason, message, details, null);

    /// <summary>What stood before it holds.</summary>
    public void FallBack(StepReason reason, string message, JsonElement? details = null) => End(StepStatus.FellBack, reason, message, details, null);

    /// <summary>What stood before it holds, because nothing usable came of its questions: for the reason that its calls give, or the one given.</summary>
    public void FallBack(string message, StepReason otherwise, JsonElement? details = null)
    {
        var replies = calls.All.Select(call => call.Reply).OfType<ModelReply>().ToArray();
        FallBack(
            calls.DeadlinePassed ? StepReason.Deadline
            : replies.Length > 0 && replies.All(reply => reply.Failure is not null)
                ? replies.All(reply => reply.Failure == FailureReason.CostLimit) ? StepReason.CostLimit : StepReason.AllFailed
                : otherwise,
            message,
            details);
    }

    public void Dispose() => span?.Dispose();

    private void End(StepStatus status, StepReason? reason, string? message, JsonElement? details, UsageBody? usage)
    {
        HasEnded = true;
        var made = calls.All;
        span?.SetTag("consensus.step.status", WireName.Of(status));
        span?.SetTag("consensus.step.reason", WireName.Of(reason));
        span?.Dispose();
        tell(new StepBody
        {
            Name = name,
            Status = status,
            Reason = reason,
            Message = message,
            Calls = [.. made.Select(ToWire)],
            Usage = usage ?? (made.Count == 0 ? null : RunTotals.Usage(made.Select(call => call.Reply).OfType<ModelReply>())),
            LatencyMs = time.GetElapsedTime(startedAt).TotalMilliseconds,
            Details = details,
        });
    }

    private static StepCallBody ToWire(GuardedCall call) => call.Reply is not { } reply ? new StepCallBody { Model = call.Model } : new StepCallBody
    {
        Model = call.Model,
        Attempts = reply.Attempts,
        LatencyMs = reply.Attempts > 0 ? reply.Latency.TotalMilliseconds : null,
        Usage = CandidateMapping.Usage(reply),
        Error = reply.Failure is { } reason ? new CandidateErrorBody(reason, reply.FailureMessage ?? "The call failed.") : null,
    };
}
