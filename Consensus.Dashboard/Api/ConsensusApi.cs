using Consensus.Contracts.Client;
using Microsoft.Extensions.Options;

namespace Consensus.Dashboard.Api;

/// <summary>The dashboard's only source: the API, found by service discovery, through the typed client.</summary>
internal static class ConsensusApi
{
    private const string Name = "api";

    public static void AddConsensusApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        builder.Services.AddHttpClient(Name, http => http.BaseAddress = new Uri("http://api"))
            .AddTypedClient((http, services) => new ConsensusClient(http, services.GetRequiredService<IOptions<ApiOptions>>().Value.Key))
            .AddStandardApiResilience();
        builder.Services.AddHealthChecks().AddCheck<ApiHealthCheck>(Name, tags: [HealthTags.Ready]);
    }
}
