using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>Sums over the candidates of a run. A sum is known only when every part is: one unknown part makes it <c>null</c>, never too low.</summary>
internal static class RunTotals
{
    public static UsageBody Usage(IReadOnlyList<CandidateBody> candidates) => new(
        Sum(candidates, u => u.InputTokens), Sum(candidates, u => u.OutputTokens), Sum(candidates, u => u.CostUsd));

    /// <summary>Where the time went. A call is needed unless it was stopped because the answers were enough; the overhead is what was not spent waiting for needed calls.</summary>
    public static TimingsBody Timings(PanelAnswers answers, TimeSpan total)
    {
        var slowest = answers.Calls
            .Where(c => c.Reply.Attempts > 0 && c.StoppedBy != FanOutEnd.Enough)
            .Select(c => (double?)c.Reply.Latency.TotalMilliseconds)
            .Max();
        return new TimingsBody(total.TotalMilliseconds, slowest, Math.Max(0, (total - answers.Needed).TotalMilliseconds));
    }

    private static long? Sum(IReadOnlyList<CandidateBody> candidates, Func<UsageBody, long?> part) =>
        (long?)Sum(candidates, u => (decimal?)part(u));

    private static decimal? Sum(IReadOnlyList<CandidateBody> candidates, Func<UsageBody, decimal?> part)
    {
        var sum = 0m;
        foreach (var candidate in candidates)
        {
            var known = candidate.Usage is { } usage ? part(usage) : null;
            if (known is null && MayBeBilled(candidate))
            {
                return null;
            }

            sum += known ?? 0;
        }

        return sum;
    }

    // A request that was never sent, or that the provider answered with an error, has used nothing.
    private static bool MayBeBilled(CandidateBody candidate) => candidate.Attempts > 0 && candidate.Error?.Reason is not (
        FailureReason.RateLimited or FailureReason.Unauthorized or FailureReason.Rejected or FailureReason.Unavailable or FailureReason.CircuitOpen);
}
