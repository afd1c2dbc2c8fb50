using Consensus.Contracts.Client;
using Consensus.ServiceDefaults.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>A service's way to the API.</summary>
public static class ConsensusApi
{
    private const string Name = "api";

    /// <summary>Adds a <see cref="ConsensusClient"/> whose address is found by service discovery and whose key is <c>Api:Key</c>, and a check of both.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="holder">Whose key it is, for the words of the check: <c>worker</c>.</param>
    public static void AddConsensusApi(this IHostApplicationBuilder builder, string holder)
    {
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        builder.Services.AddSingleton<DeprecationLog>();
        builder.Services.AddHttpClient(Name, http => http.BaseAddress = new Uri("http://api"))
            .AddTypedClient((http, services) => new ConsensusClient(
                http, services.GetRequiredService<IOptions<ApiOptions>>().Value.Key, services.GetRequiredService<DeprecationLog>().Note))
            .AddStandardApiResilience();
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            Name, services => new ApiHealthCheck(services.GetRequiredService<ConsensusClient>(), holder), failureStatus: null, tags: [HealthTags.Ready]));
    }
}
