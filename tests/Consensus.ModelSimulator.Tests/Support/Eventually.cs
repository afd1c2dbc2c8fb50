using System.Diagnostics;

namespace Consensus.ModelSimulator.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks again until the condition holds; fails when it never does.</summary>
    public static async Task Is(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Patience, "The condition did not come about in a minute.");
            await Task.Yield();
        }
    }
}
