namespace Consensus.ApiService.Http;

/// <summary>Headers that keep a browser or a proxy from doing more with a response than it should.</summary>
internal static class SecurityHeaders
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (ApiPaths.IsCall(http.Request))
        {
            headers.CacheControl = "no-store";
        }

        return next(http);
    }
}
