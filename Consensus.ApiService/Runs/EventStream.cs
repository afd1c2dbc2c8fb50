using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Runs;

/// <summary>One server-sent event; JSON has no raw line breaks, so its data is one line.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Data">Its JSON.</param>
/// <param name="Error">What it tells has gone wrong; <c>null</c> where it tells no error.</param>
internal readonly record struct EventFrame(string Event, ReadOnlyMemory<byte> Data, ErrorCode? Error = null)
{
    public static EventFrame Of<T>(string name, T value, JsonTypeInfo<T> type) => new(name, JsonSerializer.SerializeToUtf8Bytes(value, type));
}

/// <summary>
/// Writes events to a response, each flushed as it happens, with its number as its id; a comment in every quiet interval keeps proxies from closing the
/// connection.
/// </summary>
internal sealed class EventStream(HttpResponse response, TimeProvider time)
{
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Sends until the events end or the caller has gone.</summary>
    /// <param name="events">The events.</param>
    /// <param name="after">The number of the last event that the caller has; 0 for all.</param>
    /// <param name="gone">Cancelled when the caller goes away.</param>
    public async Task SendAsync(RunEventLog events, int after, CancellationToken gone)
    {
        response.ContentType = Accepts.EventStream;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(gone);
        // Headers alone may wait in a buffer: who resumes at the end of what there is must still see that the stream stands.
        await response.Body.FlushAsync(gone);
        while (true)
        {
            var frames = events.After(after, out var more);
            foreach (var (frame, id) in frames.Select(f => (f.Frame, f.Id)))
            {
                await response.WriteAsync($"id: {id}\nevent: {frame.Event}\ndata: ", gone);
                await response.Body.WriteAsync(frame.Data, gone);
                await response.WriteAsync("\n\n", gone);
                await response.Body.FlushAsync(gone);
                if (frame.Error is { } error)
                {
                    ErrorMetrics.Record(error, response.HttpContext);
                }
            }

            after = frames.Count > 0 ? frames[^1].Number : after;
            if (more is null)
            {
                return;
            }

            await WaitAsync(more, gone);
        }
    }

    private async Task WaitAsync(Task more, CancellationToken gone)
    {
        while (true)
        {
            try
            {
                await more.WaitAsync(Quiet, time, gone);
                return;
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(": still going\n\n", gone);
                await response.Body.FlushAsync(gone);
            }
        }
    }
}
