namespace Consensus.ApiService.Hosting;

/// <summary>How long to wait after failures, one after the other: twice as long each time, up to an hour and never longer than what is tried is due.</summary>
internal static class RetryWaits
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="failures">Failures since the last success, at least 1.</param>
    /// <param name="every">How often it is due.</param>
    public static TimeSpan After(int failures, TimeSpan every)
    {
        var wait = failures > 7 ? Longest : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << (failures - 1)));
        return wait < every ? wait : every;
    }
}
