using Consensus.Testing;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>Tries again until a condition holds, within a bound that is only ever reached by a fault.</summary>
internal static class Poll
{
    public static async Task<T> UntilAsync<T>(Func<Task<T>> probe, Func<T, bool> holds)
    {
        var value = default(T)!;
        await Eventually.HoldsAsync(async () => holds(value = await probe()));
        return value;
    }

    public static Task UntilAsync(Func<bool> holds) => Eventually.HoldsAsync(holds);
}
