using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Evidence;

/// <summary>Registers evidence mode. Needs the evidence store, the run log and what conducts runs.</summary>
internal static class EvidenceServices
{
    public static IServiceCollection AddEvidenceMode(this IServiceCollection services)
    {
        services.AddActivatedSingleton(static provider =>
            EvidenceSettings.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ModelCatalog>()));
        services.AddSingleton<PassageFinder>();
        services.AddSingleton<ClaimJudging>();
        services.AddSingleton<EvidenceConductor>();
        services.AddSingleton<EvidenceRecords>();
        services.AddSingleton<EvidenceMode>();
        return services;
    }
}
