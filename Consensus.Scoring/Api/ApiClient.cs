using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Consensus.Scoring.Api;

/// <summary>The worker's way to the API: service discovery for the address, and the worker's key.</summary>
internal static class ApiClient
{
    public const string Name = "api";

    public static void AddApiClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        builder.Services.AddHttpClient(Name, (services, http) =>
        {
            http.BaseAddress = new Uri("http://api");
            if (services.GetRequiredService<IOptions<ApiOptions>>().Value.Key is { Length: > 0 } key)
            {
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }
        });
        builder.Services.AddHealthChecks().AddCheck<ApiHealthCheck>(Name, tags: [HealthTags.Ready]);
    }
}
