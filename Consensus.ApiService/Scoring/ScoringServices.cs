using Consensus.ApiService.Scoring.Configuration;
using Consensus.ApiService.Scoring.Lookup;

namespace Consensus.ApiService.Scoring;

/// <summary>Registers judging after the fact. Needs the scoring configuration.</summary>
internal static class ScoringServices
{
    public static void AddScoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<JudgeJobOptions>().BindConfiguration(JudgeJobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(static services =>
        {
            var (holder, lookup) = (services.GetRequiredService<ScoringConfigHolder>(), services.GetRequiredService<ScoringConfigLookup>());
            return new ScoringConfigs(() => holder.Current, lookup.FindAsync);
        });
        builder.Services.AddSingleton<RunScoring>();
        builder.Services.AddSingleton<ModelScoring>();
    }
}
