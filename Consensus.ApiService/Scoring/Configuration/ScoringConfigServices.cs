using Consensus.ApiService.Documents;
using Consensus.Contracts;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>Registers the scoring configuration in force.</summary>
internal static class ScoringConfigServices
{
    /// <summary>The setting that names the file of a scoring configuration.</summary>
    public const string FileSetting = $"{ScoringFileOptions.Section}:{nameof(ScoringFileOptions.File)}";

    public static void AddScoringConfig(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ScoringFileOptions>().BindConfiguration(ScoringFileOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(BuiltInRubrics.Instance);
        builder.Services.AddSingleton(services => new ScoringConfigHolder(
            DefaultScoringConfig.Of(services.GetRequiredService<ModelCatalog>(), services.GetRequiredService<BuiltInRubrics>().Newest)));
        builder.Services.AddSingleton<ScoringConfigLookup>();
        builder.Services.AddSingleton<ScoringConfigRegister>();
        builder.Services.AddDocumentStart(
            "scoring configuration", "that of the file or the default", services => services.GetRequiredService<ScoringConfigRegister>().IsLoaded,
            (services, isStart) => services.GetRequiredService<ScoringConfigRegister>().LoadAsync(isStart));
        builder.Services.AddDocumentFile(
            FileSetting, "scoring configuration", Limits.ScoringConfigBytes, services => Options(services).File, services => Options(services).FileEvery,
            services => services.GetRequiredService<ScoringConfigRegister>().TakeFileAsync);
        builder.Services.AddHealthChecks().AddCheck<ScoringConfigHealth>("scoring-config", tags: [HealthTags.Ready]);
    }

    private static ScoringFileOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<ScoringFileOptions>>().Value;
}
