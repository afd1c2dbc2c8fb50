using Asp.Versioning;
using Asp.Versioning.Builder;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Versioning;

/// <summary>
/// The versions of this API, and where their routes are. A breaking change begins another version: one more path beside <see cref="ApiPaths.Own"/>, one more
/// set, one more description; see <c>docs/versioning.md</c>.
/// </summary>
internal static class ApiVersions
{
    public static readonly ApiVersion V1 = new(1, 0);

    private static readonly ApiVersionSet Set = new ApiVersionSetBuilder(name: null).HasApiVersion(V1).Build();

    /// <summary>A group of routes of version 1, below a path such as <c>/scoring/jobs</c>.</summary>
    public static RouteGroupBuilder MapV1(this IEndpointRouteBuilder app, string path = "") =>
        app.MapGroup(ApiPaths.Own + path).WithApiVersionSet(Set).MapToApiVersion(V1);

    /// <summary>Whether a request is for version 1, whatever it asks for there.</summary>
    public static bool IsV1(HttpRequest request) => request.Path.StartsWithSegments(ApiPaths.Own, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is answered where there is nothing: a path of another version tells which there are.</summary>
    public static Problem NotFound(HttpRequest request) => PathVersion.Of(request.Path) is null || IsV1(request)
        ? new Problem(ErrorCatalog.NotFound)
        : new Problem(ErrorCatalog.VersionNotSupported, $"This server has version {V1} of the API, below {ApiPaths.Own}.");
}
