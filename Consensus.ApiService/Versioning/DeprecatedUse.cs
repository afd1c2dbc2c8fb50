using System.Collections.Concurrent;
using Consensus.ApiService.Auth;

namespace Consensus.ApiService.Versioning;

/// <summary>Tells the log who still calls what is deprecated, once a day for each key and route: what an operator has to know before it is taken out.</summary>
internal sealed partial class DeprecatedUse(TimeProvider time, ILogger<DeprecatedUse> logger)
{
    /// <summary>Pairs of key and route that are remembered; beyond them nothing more is said until the next day.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string? Key, string Route), bool> _told = new();
    private DateOnly _day;

    public void Note(HttpContext http, IReadOnlyCollection<Deprecation> deprecated)
    {
        // Without a route nothing was used.
        if (deprecated.Count == 0 || http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } pattern })
        {
            return;
        }

        var now = time.GetUtcNow();
        var route = $"{http.Request.Method} {pattern}";
        if (!IsFirst(Caller.Of(http).KeyId, route, DateOnly.FromDateTime(now.UtcDateTime)))
        {
            return;
        }

        if (deprecated.Min(one => one.Sunset) is { } sunset && sunset <= now)
        {
            LogAfterSunset(Caller.Of(http).KeyId, route, sunset);
        }
        else
        {
            LogDeprecated(Caller.Of(http).KeyId, route, deprecated.Min(one => one.Since));
        }
    }

    private bool IsFirst(string? key, string route, DateOnly today)
    {
        // Two requests at midnight may both be told: that does no harm.
        if (_day != today)
        {
            _told.Clear();
            _day = today;
        }

        return _told.Count < Most && _told.TryAdd((key, route), true);
    }

    [LoggerMessage(LogLevel.Information, "Key {Key} uses {Route}, which is deprecated as of {Since:u}")]
    private partial void LogDeprecated(string? key, string route, DateTimeOffset since);

    [LoggerMessage(LogLevel.Warning, "Key {Key} uses {Route}, whose sunset was at {Sunset:u}; it is still served")]
    private partial void LogAfterSunset(string? key, string route, DateTimeOffset sunset);
}
