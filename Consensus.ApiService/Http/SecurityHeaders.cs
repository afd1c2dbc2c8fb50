using Consensus.ApiService.Documentation;
using Consensus.ServiceDefaults.Http;
using Scalar.AspNetCore;

namespace Consensus.ApiService.Http;

/// <summary>
/// Headers that keep a browser or a proxy from doing more with a response than it should. The table of <c>docs/security.md</c> says which routes have which; a
/// test holds it to what is sent.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>What is not a page needs nothing.</summary>
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A year; only where the request itself came over TLS, and never for the names of this machine, whose other ports would be locked as well.</summary>
    private const string Transport = "max-age=31536000";

    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // As late as can be: what answers a fault begins with an empty response, and the page makes its nonce while it is written.
        http.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    }

    private static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = DocumentationPages.IsPage(http.Request) ? Page(http.Items[ScalarOptions.NonceHttpContextItemKey] as string) : Nothing;
        if (ApiPaths.IsCall(http.Request))
        {
            headers.CacheControl = "no-store";
        }

        if (http.Request.IsHttps && !LoopbackName.Is(http.Request.Host.Host))
        {
            headers.StrictTransportSecurity = Transport;
        }
    }

    /// <summary>Scripts of this server and the page's own, by its nonce; requests to this server alone. The page sets styles on its elements.</summary>
    private static string Page(string? nonce) =>
        $"default-src 'none'; script-src 'self'{(nonce is null ? "" : $" 'nonce-{nonce}'")}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
