namespace Consensus.SystemTests.Running;

/// <summary>Waiting on a condition instead of sleeping.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again, until the condition holds or the time is up.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"Not within {within.TotalSeconds:0} s: {what}.", e);
            }
        }
    }
}
