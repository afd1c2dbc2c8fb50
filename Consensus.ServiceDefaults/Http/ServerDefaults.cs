using Consensus.Contracts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Http;

/// <summary>
/// What every service's server takes from a connection before a line of ours has run, and what it tells of itself: nothing. The values stand in
/// <c>docs/security.md</c>; each is a bound on what somebody without a key can make the server hold or wait for.
/// </summary>
internal static class ServerDefaults
{
    /// <summary>A key is 47 characters, a token a few thousand; more than this is no request of ours.</summary>
    public const int HeaderBytes = 32 * 1024;

    public const int Headers = 64;

    /// <summary>The longest query is a cursor with filters.</summary>
    public const int RequestLineBytes = 8 * 1024;

    /// <summary>How long the head of a request may take to come in: against those who send a byte at a time.</summary>
    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may stay open without a request.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(120);

    /// <summary>The slowest body, in bytes a second, after a grace of five seconds.</summary>
    public const int BodyBytesPerSecond = 240;

    /// <summary>The most of any route; each has its own cap, told in its answer, at or below this one.</summary>
    public const int BodyBytes = Limits.ScoresBytes;

    /// <summary>Requests at once on one connection of HTTP/2.</summary>
    public const int Streams = 100;

    public static void AddServerDefaults(this IHostApplicationBuilder builder) => builder.Services.Configure<KestrelServerOptions>(server =>
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = Headers;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = KeepAlive;
        limits.MaxRequestBodySize = BodyBytes;
        limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = Streams;
        limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes;
    });
}
