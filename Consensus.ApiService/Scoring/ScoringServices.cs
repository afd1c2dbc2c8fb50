using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Consensus.ApiService.Scoring;

/// <summary>Registers judging after the fact.</summary>
internal static class ScoringServices
{
    public static void AddScoring(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<JudgeJobOptions>().BindConfiguration(JudgeJobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(new ScoringConfigs(static () => null, static (_, _) => Task.FromResult<Contracts.Scoring.VersionedScoringConfig?>(null)));
    }
}
