using System.Diagnostics;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>What the span of a run says about it: numbers, names and words of closed lists, never a text of a caller or a model.</summary>
internal static class RunSpans
{
    public static void Describe(Activity? span, ConsensusResponse run)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag("consensus.run.id", run.RunId.ToString());
        span.SetTag("consensus.strategy", run.Strategy);
        span.SetTag("consensus.status", WireName.Of(run.Status));
        span.SetTag("consensus.outcome", run.Outcome is { } outcome ? WireName.Of(outcome) : "none");
        span.SetTag("consensus.degraded", run.Degraded);
        span.SetTag("consensus.calls.started", run.Calls?.Started);
        span.SetTag("consensus.calls.panel", run.Calls?.Panel);
        span.SetTag("consensus.calls.stopped_early", run.Calls?.StoppedEarly);
        if (run.Status == RunStatus.Failed)
        {
            span.SetStatus(ActivityStatusCode.Error, run.StatusReason);
        }
    }
}
