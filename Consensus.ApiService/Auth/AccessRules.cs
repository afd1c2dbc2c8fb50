using System.Net;
using Consensus.ApiService.Auth.Tokens;
using Consensus.ApiService.Hosting;
using Consensus.ServiceDefaults.Http;

namespace Consensus.ApiService.Auth;

/// <summary>Who may come without a key, and where the API may therefore listen.</summary>
internal sealed class AccessRules
{
    private const string Loopback = "loopback";
    private const string None = "none";

    private readonly KeyHolder _keys;
    private readonly bool _closed;

    private AccessRules(KeyHolder keys, string? anonymous, bool openMetrics, TokenSettings? tokens)
    {
        _keys = keys;
        _closed = anonymous == None;
        AnonymousLoopback = anonymous == Loopback;
        OpenMetrics = openMetrics;
        Tokens = tokens;
    }

    /// <summary><c>Auth:Anonymous=loopback</c>: callers on this machine may run and read without a key although keys exist.</summary>
    public bool AnonymousLoopback { get; }

    /// <summary><c>Auth:OpenMetrics</c>: <c>/metrics</c> needs no key although others than this machine can connect.</summary>
    public bool OpenMetrics { get; }

    /// <summary>Whose tokens are taken; <c>null</c>: nobody's.</summary>
    public TokenSettings? Tokens { get; }

    /// <summary>Whether callers can show who they are: there is or was a key, or tokens are taken.</summary>
    public bool HasScheme => _keys.HasKeys || Tokens is not null;

    /// <summary>Whether it is not known that there is no key, since the store could not be read so far.</summary>
    public bool IsUnknown => !HasScheme && !_keys.IsKnown;

    /// <summary>Whether every listener must be on loopback, because somebody may come without a key.</summary>
    public bool LoopbackOnly => !HasScheme || AnonymousLoopback;

    /// <summary>What a caller without a key may do: without any scheme everything, as it is the developer's own machine.</summary>
    public IReadOnlyList<string> AnonymousScopes =>
        IsUnknown || _closed ? [] : !HasScheme ? Scopes.All : AnonymousLoopback ? [Scopes.Run, Scopes.Read] : [];

    /// <exception cref="StartRefusedException">The section <c>Auth</c> is wrong.</exception>
    public static AccessRules From(IConfiguration configuration, KeyHolder keys)
    {
        var anonymous = configuration["Auth:Anonymous"];
        if (!string.IsNullOrEmpty(anonymous) && anonymous is not (Loopback or None))
        {
            throw new StartRefusedException($"Auth:Anonymous must be {Loopback} or {None}, not \"{anonymous}\".");
        }

        return new AccessRules(keys, anonymous, configuration.GetValue("Auth:OpenMetrics", false), TokenSettings.From(configuration));
    }

    /// <summary>Whether a request without a key comes from a program on this machine: over loopback, to a loopback name (a page of another site that
    /// rebinds its name to 127.0.0.1 sends its own), and not handed on by a proxy.</summary>
    public static bool IsFromThisMachine(HttpContext http) =>
        (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress))
        && LoopbackName.Is(http.Request.Host.Host)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
