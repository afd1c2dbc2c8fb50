using Consensus.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.FanOut;

/// <summary>Bounded waiting for a task's end.</summary>
internal static class Ending
{
    /// <summary>Lets fake time pass in steps until the task has ended: small ones, where work of its own is still to happen before that.</summary>
    public static async Task<T> OfAsync<T>(Task<T> task, FakeTimeProvider time, TimeSpan? step = null)
    {
        await Eventually.HoldsAsync(() =>
        {
            if (!task.IsCompleted)
            {
                time.Advance(step ?? TimeSpan.FromMilliseconds(40));
            }

            return task.IsCompleted;
        });
        return await task;
    }

    public static Task<T> OfAsync<T>(Task<T> task) => task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
}
