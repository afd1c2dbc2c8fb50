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
        builder.Services.AddSingleton(services => new ScoringConfigFile(
            services.GetRequiredService<IOptions<ScoringFileOptions>>().Value.File is { Length: > 0 } file ? Path.Combine(builder.Environment.ContentRootPath, file) : null,
            services.GetRequiredService<ILogger<ScoringConfigFile>>()));
        builder.Services.AddSingleton(services => new ScoringConfigHolder(
            DefaultScoringConfig.Of(services.GetRequiredService<ModelCatalog>(), services.GetRequiredService<BuiltInRubrics>().Newest)));
        builder.Services.AddSingleton<ScoringConfigLookup>();
        builder.Services.AddSingleton<ScoringConfigRegister>();
        builder.Services.AddHostedService<ScoringConfigStart>();
        builder.Services.AddHostedService<ScoringConfigWatch>();
        builder.Services.AddHealthChecks().AddCheck<ScoringConfigHealth>("scoring-config", tags: [HealthTags.Ready]);
    }
}
