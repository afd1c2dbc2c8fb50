using Consensus.AppHost.Standalone;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds parameters and connection strings.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter with a value.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false) =>
        publishValueAsDefault
            ? throw new NotSupportedException("The standalone mode publishes no values.")
            : ((DistributedApplicationBuilder)builder).Add(new ParameterResource(name, () => value, secret));

    /// <summary>Adds a parameter that is generated unless <c>Parameters:{name}</c> is configured.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false) =>
        ((DistributedApplicationBuilder)builder).Add(new ParameterResource(
            name,
            () => builder.Configuration[$"Parameters:{name}"] ?? Generate(builder, name, value, persist),
            secret,
            value));

    /// <summary>Adds a connection string of the configuration.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        string name,
        string? environmentVariableName = null) =>
        environmentVariableName is not null
            ? throw new NotSupportedException("The standalone mode names the variable ConnectionStrings__{name}.")
            : ((DistributedApplicationBuilder)builder).Add(new ConnectionStringResource(name, () => builder.Configuration.GetConnectionString(name)));

    private static string Generate(IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool persist)
    {
        var generated = value.GetDefaultValue();
        if (persist)
        {
            UserSecrets.TryKeep(builder.Environment, $"Parameters:{name}", generated);
        }

        return generated;
    }
}
