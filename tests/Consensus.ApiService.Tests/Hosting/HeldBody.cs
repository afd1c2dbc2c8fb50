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
