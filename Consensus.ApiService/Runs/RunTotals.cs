using Consensus.ApiService.FanOut;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.Runs;

/// <summary>Sums over the calls of a run. A sum is known only when every part is: one unknown part makes it <c>null</c>, never too low.</summary>
internal static class RunTotals
{
    public static UsageBody Usage(IEnumerable<ModelReply> replies)
    {
        ModelReply[] all = [.. replies];
        return new UsageBody((long?)Sum(all, r => r.InputTokens), (long?)Sum(all, r => r.OutputTokens), Sum(all, r => r.CostUsd));
    }

    /// <summary>
    /// Where the time went. A call is needed unless it was stopped because the answers were enough, the questions of steps always; the overhead is what was not spent
    /// waiting for needed calls.
    /// </summary>
    /// <param name="answers">The panel's calls.</param>
    /// <param name="asked">The questions of steps after it.</param>
    /// <param name="total">The whole run.</param>
    /// <param name="time">The clock of <paramref name="asked"/>.</param>
    public static TimingsBody Timings(PanelAnswers answers, IReadOnlyList<GuardedCall> asked, TimeSpan total, TimeProvider time)
    {
        var slowest = answers.Calls
            .Where(c => c.StoppedBy != FanOutEnd.Enough).Select(c => c.Reply).Concat(asked.Select(c => c.Reply).OfType<ModelReply>())
            .Where(reply => reply.Attempts > 0)
            .Select(reply => (double?)reply.Latency.TotalMilliseconds)
            .Max();
        return new TimingsBody(total.TotalMilliseconds, slowest, Math.Max(0, (total - answers.Needed - Waited(asked, time)).TotalMilliseconds));
    }

    /// <summary>The time in which at least one of the questions was with its model.</summary>
    private static TimeSpan Waited(IReadOnlyList<GuardedCall> asked, TimeProvider time)
    {
        var (waited, until) = (TimeSpan.Zero, TimeSpan.MinValue);
        foreach (var call in asked.OrderBy(call => call.StartedAt))
        {
            var begin = time.GetElapsedTime(asked[0].StartedAt, call.StartedAt);
            var end = begin + (call.Reply?.Latency ?? TimeSpan.Zero);
            waited += end <= until ? TimeSpan.Zero : end - (begin > until ? begin : until);
            until = end > until ? end : until;
        }

        return waited;
    }

    private static decimal? Sum(ModelReply[] replies, Func<ModelReply, decimal?> part)
    {
        var sum = 0m;
        foreach (var reply in replies)
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
