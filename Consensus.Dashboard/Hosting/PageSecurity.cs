using Consensus.ServiceDefaults.Http;

namespace Consensus.Dashboard.Hosting;

/// <summary>What a browser may do with our pages.</summary>
internal static class PageSecurity
{
    /// <summary>
    /// Everything from this server, nothing in frames, no inline script. Inline styles are needed: the theme and every bar's width are set so.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UsePageSecurity(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps && !LoopbackName.Is(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        return next(context);
    });
}
