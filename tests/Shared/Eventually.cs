using System.Diagnostics;

namespace Consensus.Testing;

/// <summary>Waits for what will be true some time, and never much longer than needed.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task HoldsAsync(Func<Task<bool>> condition, string? what = null) => HoldsAsync(condition, () => what ?? "");

    public static Task HoldsAsync(Func<bool> condition, string? what = null) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <summary>As the others; what it waits for is told as it stands when the patience is over.</summary>
    public static Task HoldsAsync(Func<bool> condition, Func<string> what) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, Func{string})"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed >= Patience)
            {
                Assert.Fail($"It never came true within {Patience.TotalMinutes} min: {what()}");
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
