using System.Net;
using Consensus.ApiService.Hosting;
using Consensus.ServiceDefaults.Http;

namespace Consensus.ApiService.Auth;

/// <summary>Who may come without a key, and where the API may therefore listen.</summary>
/// <param name="Keys">The configured keys.</param>
/// <param name="AnonymousLoopback"><c>Auth:Anonymous=loopback</c>: callers on this machine may run and read without a key although keys exist.</param>
/// <param name="OpenMetrics"><c>Auth:OpenMetrics</c>: <c>/metrics</c> needs no key although others than this machine can connect.</param>
internal sealed record AccessRules(KeyRing Keys, bool AnonymousLoopback, bool OpenMetrics)
{
    /// <summary>Whether every listener must be on loopback, because somebody may come without a key.</summary>
    public bool LoopbackOnly => Keys.IsEmpty || AnonymousLoopback;

    /// <summary>What a caller without a key may do: without any key configured everything, as it is the developer's own machine.</summary>
    public IReadOnlyList<string> AnonymousScopes =>
        Keys.IsEmpty ? Scopes.All : AnonymousLoopback ? [Scopes.Run, Scopes.Read] : [];

    /// <exception cref="StartRefusedException">The section <c>Auth</c> is wrong.</exception>
    public static AccessRules From(IConfiguration configuration)
    {
        var anonymous = configuration["Auth:Anonymous"];
        if (!string.IsNullOrEmpty(anonymous) && anonymous is not ("loopback" or "none"))
        {
            throw new StartRefusedException($"Auth:Anonymous must be loopback or none, not \"{anonymous}\".");
        }

        return new AccessRules(KeyRing.From(configuration), anonymous == "loopback", configuration.GetValue("Auth:OpenMetrics", false));
    }

    /// <summary>Whether a request without a key comes from a program on this machine: over loopback, to a loopback name (a page of another site that
    /// rebinds its name to 127.0.0.1 sends its own), and not handed on by a proxy.</summary>
    public static bool IsFromThisMachine(HttpContext http) =>
        (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress))
        && LoopbackName.Is(http.Request.Host.Host)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
}
