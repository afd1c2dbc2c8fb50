using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Errors;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Admission;

/// <summary>Bounds how often callers ask: every address before it is asked who comes from there, then every key.</summary>
internal sealed class RequestLimits(RequestWindows windows, KeyHolder keys, IOptions<AdmissionOptions> options)
{
    private const int Ipv6NetworkBytes = 8;

    /// <summary>Counts by address: what guesses keys, or floods the look-up of them, comes no further.</summary>
    public async Task GuardAddressAsync(HttpContext http, RequestDelegate next)
    {
        if (!ApiPaths.IsCall(http.Request) || AddressOf(http.Connection.RemoteIpAddress) is not { } address)
        {
            await next(http);
            return;
        }

        var limit = options.Value.AddressRequestsPerMinute;
        var (window, isAdmitted) = await windows.CountAsync($"address {address}", limit);
        await (isAdmitted ? next(http) : RefuseAsync(http, window, limit, "address"));
    }

    /// <summary>Counts by key, or by address without one, and tells in headers how the caller stands.</summary>
    public async Task LimitCallerAsync(HttpContext http, RequestDelegate next)
    {
        if (!ApiPaths.IsCall(http.Request) || http.User.Identity?.IsAuthenticated != true || SubjectOf(http) is not { } subject)
        {
            await next(http);
            return;
        }

        var limit = LimitOf(http);
        var (window, isAdmitted) = await windows.CountAsync(subject, limit);
        Tell(http.Response.Headers, window, limit);
        await (isAdmitted ? next(http) : RefuseAsync(http, window, limit, "key"));
    }

    /// <summary>An address as one caller has it: of IPv6 the network, of which a caller has all addresses; <c>null</c> where it is not limited.</summary>
    internal string? AddressOf(IPAddress? address)
    {
        if (address is null || (IPAddress.IsLoopback(address) && !options.Value.LimitLoopback))
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, Ipv6NetworkBytes)) : plain.ToString();
    }

    private string? SubjectOf(HttpContext http) =>
        Caller.Of(http).KeyId is { } key ? $"key {key}" : AddressOf(http.Connection.RemoteIpAddress) is { } address ? $"anonymous {address}" : null;

    private int LimitOf(HttpContext http) =>
        (Caller.Of(http).KeyId is { } key ? keys.Ring.Named(key)?.Limits?.RequestsPerMinute : null)
        ?? (http.User.HasClaim(Caller.ScopeClaim, Scopes.Worker) && Caller.Of(http).KeyId is not null
            ? options.Value.WorkerRequestsPerMinute
            : options.Value.RequestsPerMinute);

    private static void Tell(IHeaderDictionary headers, SlidingWindow window, int limit)
    {
        headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = window.Remaining(limit).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((long)Math.Ceiling(window.Reset.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static Task RefuseAsync(HttpContext http, SlidingWindow window, int limit, string by)
    {
        Tell(http.Response.Headers, window, limit);
        AdmissionMetrics.Refused(by);
        // At least a second: whoever asks again at once would only be refused again.
        var wait = window.Wait(limit) is var least && least > TimeSpan.FromSeconds(1) ? least : TimeSpan.FromSeconds(1);
        return new Problem(ErrorCatalog.RateLimited, $"At most {limit} requests in a minute are taken from this {by}.") { RetryAfter = wait }.ExecuteAsync(http);
    }
}
