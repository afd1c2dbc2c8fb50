using System.Text.Json;
using Consensus.ApiService.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Consensus.ApiService.OpenAi;

/// <summary>
/// Writes a chat completion as server-sent events. The response begins with the first thing there is to say; when nothing is for a while, with a comment, which keeps proxies
/// from closing the connection. So what fails early still has a status of its own.
/// </summary>
internal sealed class ChatStream(HttpResponse response, TimeProvider time)
{
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private static readonly byte[] Comment = ": still asking\n\n"u8.ToArray();
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>Waits until a task has ended, with a comment in every quiet interval.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task WaitAsync(Task task, CancellationToken gone)
    {
        while (true)
        {
            using var waited = CancellationTokenSource.CreateLinkedTokenSource(gone);
            if (await Task.WhenAny(task, Task.Delay(Quiet, time, waited.Token)) == task)
            {
                await waited.CancelAsync();
                return;
            }

            gone.ThrowIfCancellationRequested();
            await WriteAsync(Comment, gone);
        }
    }

    public async Task SendAsync(IEnumerable<ChatChunk> chunks, CancellationToken gone)
    {
        foreach (var chunk in chunks)
        {
            await SendAsync(chunk, gone);
        }

        await WriteAsync(Done, gone);
    }

    public Task SendAsync(ChatChunk chunk, CancellationToken gone) => WriteAsync(Event(JsonSerializer.SerializeToUtf8Bytes(chunk, OpenAiWire.Default.ChatChunk)), gone);

    // JSON has no raw line breaks, so the data of an event is one line.
    private static byte[] Event(byte[] json) => [.. "data: "u8, .. json, .. "\n\n"u8];

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken gone)
    {
        if (!response.HasStarted)
        {
            response.ContentType = Accepts.EventStream;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        }

        await response.Body.WriteAsync(bytes, gone);
        await response.Body.FlushAsync(gone);
    }
}
