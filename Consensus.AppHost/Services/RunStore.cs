using Microsoft.Extensions.Configuration;

namespace Consensus.AppHost.Services;

/// <summary>Where the API keeps runs when not in a file of its own folder: a PostgreSQL database, <c>ConnectionStrings:runs</c>.</summary>
internal static class RunStore
{
    private const string Name = "runs";

    /// <summary>
    /// Gives the API the database and the key that signs its audit trail: where one is configured, and always where it is published, for what a container writes on
    /// its own disk does not last.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithRunStore(this IResourceBuilder<ProjectResource> api, IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsRunMode && string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(Name)))
        {
            return api;
        }

        // Letters and digits, as many as are a whole number of Base64 groups: 33 bytes.
        var auditKey = builder.AddParameter("audit-key", new GenerateParameterDefault { MinLength = 44, Special = false }, secret: true, persist: true);
        return api.WithReference(builder.AddConnectionString(Name)).WithEnvironment("Audit__Key", auditKey);
    }
}
