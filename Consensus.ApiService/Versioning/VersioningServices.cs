using Microsoft.AspNetCore.OpenApi;

namespace Consensus.ApiService.Versioning;

/// <summary>Registers the versions of the API.</summary>
internal static class VersioningServices
{
    /// <exception cref="Hosting.StartRefusedException">The section <c>Versioning</c> is wrong.</exception>
    public static void AddVersioning(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(VersioningSettings.From(builder.Configuration));
        builder.Services.AddSingleton<DeprecatedUse>();
        builder.Services.AddApiVersioning(options =>
        {
            options.DefaultApiVersion = ApiVersions.V1;
            options.ApiVersionReader = new PathVersion();
        });
        builder.Services.PostConfigure<OpenApiOptions>("v1", options => options.AddOperationTransformer<VersionDescription>());
    }
}
