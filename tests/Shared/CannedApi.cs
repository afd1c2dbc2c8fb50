using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consensus.Testing;

/// <summary>A real server on a free port that answers what the test wrote down for it, and keeps what it was asked.</summary>
internal sealed class CannedApi : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _replies = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private CannedApi(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        _app = builder.Build();
        _app.Run(ReplyAsync);
    }

    /// <summary>Everything that was asked so far, in order.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<CannedApi> StartAsync(int port = 0)
    {
        var api = new CannedApi(port);
        await api._app.StartAsync();
        return api;
    }

    /// <summary>Sets the reply to, for example, <c>GET /v1/models</c>; the latest one holds.</summary>
    public CannedApi On(string methodAndPath, RequestDelegate reply)
    {
        _replies[methodAndPath] = reply;
        return this;
    }

    public CannedApi On(string methodAndPath, int status, string body, string contentType = "application/json") =>
        On(methodAndPath, context => WriteAsync(context, status, body, contentType));

    /// <summary>Replies with server-sent events, each written on its own; <paramref name="script"/> may wait between them.</summary>
    public CannedApi OnEvents(string methodAndPath, Func<EventWriter, Task> script) => On(methodAndPath, async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync();
        await script(new EventWriter(context));
    });

    public static async Task WriteAsync(HttpContext context, int status, string body, string contentType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // A stream that a test left open ends with the server.
        }

        await _app.DisposeAsync();
    }

    private async Task ReplyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var asked = new Asked(
            $"{context.Request.Method} {context.Request.Path}",
            context.Request.QueryString.Value ?? "",
            await reader.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        Requests.Enqueue(asked);
        // For replies that depend on it.
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(asked.Body));
        if (_replies.TryGetValue(asked.Route, out var reply))
        {
            await reply(context);
        }
        else
        {
            await WriteAsync(context, 404, $"nothing written down for {asked.Route}", "text/plain");
        }
    }

    internal sealed record Asked(string Route, string Query, string Body, IReadOnlyDictionary<string, string> Headers);

    internal sealed class EventWriter(HttpContext context)
    {
        /// <summary>Ends when the caller goes away.</summary>
        public CancellationToken CallerGone => context.RequestAborted;

        public Task SendAsync(string name, string data) => RawAsync($"event: {name}\ndata: {data}\n\n");

        public async Task RawAsync(string text)
        {
            await context.Response.WriteAsync(text);
            await context.Response.Body.FlushAsync();
        }

        /// <summary>Breaks the connection without a proper end.</summary>
        public void Break() => context.Abort();
    }
}
