using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Consensus.ApiService.Http;

namespace Consensus.ApiService.Runs;

/// <summary>One server-sent event; JSON has no raw line breaks, so its data is one line.</summary>
internal readonly record struct EventFrame(string Event, ReadOnlyMemory<byte> Data)
{
    public static EventFrame Of<T>(string name, T value, JsonTypeInfo<T> type) => new(name, JsonSerializer.SerializeToUtf8Bytes(value, type));
}

/// <summary>
/// Writes events to a response, each flushed as it happens, numbered from 1; a comment in every quiet interval keeps proxies from closing the connection.
/// </summary>
internal sealed class EventStream(HttpResponse response, TimeProvider time)
{
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Sends until the events end or the caller has gone.</summary>
    public async Task SendAsync(ChannelReader<EventFrame> events, CancellationToken gone)
    {
        response.ContentType = Accepts.EventStream;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(gone);
        var id = 0;
        while (await AnyAsync(events, gone))
        {
            while (events.TryRead(out var frame))
            {
                await response.WriteAsync($"id: {++id}\nevent: {frame.Event}\ndata: ", gone);
                await response.Body.WriteAsync(frame.Data, gone);
                await response.WriteAsync("\n\n", gone);
                await response.Body.FlushAsync(gone);
            }
        }
    }

    private async Task<bool> AnyAsync(ChannelReader<EventFrame> events, CancellationToken gone)
    {
        var next = events.WaitToReadAsync(gone).AsTask();
        while (true)
        {
            try
            {
                return await next.WaitAsync(Quiet, time, gone);
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(": still going\n\n", gone);
                await response.Body.FlushAsync(gone);
            }
        }
    }
}
