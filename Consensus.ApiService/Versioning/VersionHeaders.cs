using Asp.Versioning;

namespace Consensus.ApiService.Versioning;

/// <summary>
/// Says in every response below <c>/v1</c>, problems too, which versions there are, and of what is deprecated since when and until when. The header of the
/// versions is that of Asp.Versioning; its own report comes too late for a refused key and knows no deprecated operation, so that this is done here.
/// </summary>
internal sealed class VersionHeaders(RequestDelegate next, IReportApiVersions reporter, VersioningSettings settings, DeprecatedUse use, TimeProvider time)
{
    private static readonly ApiVersionModel Supported = new([ApiVersions.V1], []);
    private static readonly ApiVersionModel Deprecated = new([], [ApiVersions.V1]);

    public async Task InvokeAsync(HttpContext http)
    {
        if (PathVersion.Of(http.Request.Path) is null)
        {
            await next(http);
            return;
        }

        // As late as can be: what answers a fault begins with an empty response.
        var deprecated = ApiVersions.IsV1(http.Request) ? DeprecationsOf(http) : [];
        http.Response.OnStarting(() =>
        {
            reporter.Report(http.Response, settings.V1 is { } version && version.Since <= time.GetUtcNow() ? Deprecated : Supported);
            Deprecation.Write(http.Response.Headers, deprecated);
            return Task.CompletedTask;
        });
        await next(http);
        use.Note(http, deprecated);
    }

    private Deprecation[] DeprecationsOf(HttpContext http)
    {
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<Deprecation>();
        return (settings.V1, operation) switch
        {
            (null, null) => [],
            ({ } version, null) => [version],
            (null, { } route) => [route],
            ({ } version, { } route) => [version, route],
        };
    }
}
