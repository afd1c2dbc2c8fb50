using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Runs;

/// <summary>Sums over the calls of a run. A sum is known only when every part is: one unknown part makes it <c>null</c>, never too low.</summary>
internal static class RunTotals
{
    public static UsageBody Usage(IReadOnlyList<FinishedCall> calls) =>
        new((long?)Sum(calls, r => r.InputTokens), (long?)Sum(calls, r => r.OutputTokens), Sum(calls, r => r.CostUsd));

    /// <summary>Where the time went. A call is needed unless it was stopped because the answers were enough; the overhead is what was not spent waiting for needed calls.</summary>
    public static TimingsBody Timings(PanelAnswers answers, TimeSpan total)
    {
        var slowest = answers.Calls
            .Where(c => c.Reply.Attempts > 0 && c.StoppedBy != FanOutEnd.Enough)
            .Select(c => (double?)c.Reply.Latency.TotalMilliseconds)
            .Max();
        return new TimingsBody(total.TotalMilliseconds, slowest, Math.Max(0, (total - answers.Needed).TotalMilliseconds));
    }

    private static decimal? Sum(IReadOnlyList<FinishedCall> calls, Func<ModelReply, decimal?> part)
    {
        var sum = 0m;
        foreach (var (_, reply, _) in calls)
        {
            var known = part(reply);
            // A request that was never sent, or that the provider turned away, has used nothing.
            if (reply.MayBeBilled || (known is null && (reply.InputTokens ?? reply.OutputTokens) is not null))
            {
                return null;
            }

            sum += known ?? 0;
        }

        return sum;
    }
}
