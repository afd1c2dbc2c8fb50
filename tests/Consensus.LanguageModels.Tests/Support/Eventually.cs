using System.Diagnostics;

namespace Consensus.LanguageModels.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Polls until the condition holds; the bound only ends a broken test.</summary>
    public static async Task IsAsync(Func<bool> condition, string otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Patience)
                Assert.Fail(otherwise);
            await Task.Delay(2);
        }
    }
}
