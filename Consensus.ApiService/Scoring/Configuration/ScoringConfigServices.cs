using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>Registers the scoring configuration in force.</summary>
internal static class ScoringConfigServices
{
    /// <summary>The setting that names the file of a scoring configuration, absolute or from the content root. An edit of it counts as a PUT.</summary>
    public const string FileSetting = "Scoring:File";

    public static void AddScoringConfig(this WebApplicationBuilder builder)
    {
        var path = builder.Configuration[FileSetting] is { Length: > 0 } file ? Path.Combine(builder.Environment.ContentRootPath, file) : null;
        builder.Services.AddSingleton(BuiltInRubrics.Instance);
        builder.Services.AddSingleton(services => new ScoringConfigFile(path, services.GetRequiredService<ILogger<ScoringConfigFile>>()));
        builder.Services.AddSingleton(services => new ScoringConfigHolder(
            DefaultScoringConfig.Of(services.GetRequiredService<ModelCatalog>(), services.GetRequiredService<BuiltInRubrics>().All)));
        builder.Services.AddSingleton<ScoringConfigLookup>();
        builder.Services.AddSingleton<ScoringConfigRegister>();
        builder.Services.AddHostedService<ScoringConfigStart>();
    }
}
