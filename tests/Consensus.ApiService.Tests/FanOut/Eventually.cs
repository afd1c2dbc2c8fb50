using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

/// <summary>Bounded waiting for what other threads bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task HoldsAsync(Func<bool> condition)
    {
        var clock = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(clock) < Bound, "The condition did not come to hold.");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets fake time pass in small steps until the task has ended.</summary>
    public static async Task<T> EndsAsync<T>(Task<T> task, FakeTimeProvider time)
    {
        await HoldsAsync(() =>
        {
            if (!task.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(40));
            }

            return task.IsCompleted;
        });
        return await task;
    }

    public static Task<T> EndsAsync<T>(Task<T> task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);
}
