using System.Diagnostics;
using Consensus.Contracts;
using Consensus.ApiService.Auth;
using Consensus.Core.Privacy;

namespace Consensus.ApiService.Http;

/// <summary>
/// Gives every request its id: the caller's <c>X-Request-Id</c> where that is printable and short, else a new one. It is echoed, stands in every log line
/// of the request and in every error. It identifies nothing: two requests may bring the same one.
/// </summary>
internal sealed partial class RequestIds(RequestDelegate next, ILogger<RequestIds> logger)
{
    public const string Header = "X-Request-Id";

    public async Task InvokeAsync(HttpContext http)
    {
        var given = http.Request.Headers[Header];
        http.TraceIdentifier = given.Count == 1 && IsUsable(given[0]) ? given[0]! : Guid.CreateVersion7().ToString();
        http.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            http.Response.Headers[Header] = http.TraceIdentifier;
            return Task.CompletedTask;
        }, http);

        using var scope = Scope(logger, Redactor.Redact(http.TraceIdentifier));
        var started = Stopwatch.GetTimestamp();
        await next(http);
        if (ApiPaths.IsCall(http.Request))
        {
            LogServed(http.Request.Method, RouteOf(http), http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds, Caller.Of(http).KeyId);
        }
    }

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("Request {RequestId}");

    private static bool IsUsable(string? id) =>
        id is { Length: > 0 and <= Limits.RequestIdCharacters } && id.All(c => c is > ' ' and <= '~');

    // The pattern and not the path: a path may hold anything that a caller typed.
    private static string? RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    [LoggerMessage(LogLevel.Information, "{Method} {Route} answered {Status} in {ElapsedMs:0.0} ms for key {Key}")]
    private partial void LogServed(string method, string? route, int status, double elapsedMs, string? key);
}
