using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>A JSON body whose last byte waits until it is released.</summary>
internal sealed class HeldBody : HttpContent
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _bytes;

    public HeldBody(string json)
    {
        _bytes = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public void Release() => _released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes.AsMemory(..^1));
        await stream.FlushAsync();
        await _released.Task;
        await stream.WriteAsync(_bytes.AsMemory(^1..));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>Tries again until a condition holds, within a bound that is only ever reached by a fault.</summary>
internal static class Poll
{
    public static async Task<T> UntilAsync<T>(Func<Task<T>> probe, Func<T, bool> holds)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var value = await probe();
            if (holds(value))
            {
                return value;
            }

            Assert.True(DateTime.UtcNow < deadline, $"It did not happen within a minute; the last state: {value}");
            await Task.Yield();
        }
    }

    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()), held => held);
}
