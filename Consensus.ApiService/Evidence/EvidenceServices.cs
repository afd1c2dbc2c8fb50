using Consensus.ApiService.Evidence.Embedding;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Embedding;

namespace Consensus.ApiService.Evidence;

/// <summary>Registers evidence mode. Needs the evidence store, the run log and what conducts runs.</summary>
internal static class EvidenceServices
{
    public static IServiceCollection AddEvidenceMode(this IServiceCollection services)
    {
        services.AddActivatedSingleton(static provider =>
            EvidenceSettings.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ModelCatalog>()));
        services.AddActivatedSingleton(static provider =>
            EmbeddingSettings.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<TextEmbedders>()));
        services.AddSingleton<KeyCharge>();
        services.AddSingleton<EmbeddingGate>();
        services.AddSingleton<QueryEmbedding>();
        services.AddSingleton<CollectionSearch>();
        services.AddSingleton<PassageEmbedding>();
        services.AddHostedService(static provider => provider.GetRequiredService<PassageEmbedding>());
        services.AddSingleton<PassageFinder>();
        services.AddSingleton<ClaimJudging>();
        services.AddSingleton<EvidenceConductor>();
        services.AddSingleton<EvidenceRecords>();
        services.AddSingleton<EvidenceMode>();
        return services;
    }
}
