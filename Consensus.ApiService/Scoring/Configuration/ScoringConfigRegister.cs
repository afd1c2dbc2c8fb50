using System.Text.Json;
using Consensus.ApiService.Documents;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Documents;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>Puts scoring configurations in force.</summary>
internal sealed partial class ScoringConfigRegister(
    ScoringConfigHolder holder, ScoringConfigLookup lookup, [FromKeyedServices(ScoringConfigServices.FileSetting)] DocumentFile file, BuiltInRubrics builtIn, ModelCatalog catalog, RunLog log,
    ILogger<ScoringConfigRegister> logger)
    : DocumentRegister<VersionedScoringConfig>(file, ScoringConfigServices.FileSetting, log)
{
    private readonly string[] _models = [.. catalog.Models.Select(static model => model.Id)];
    private readonly Dictionary<RubricId, string> _rubrics = builtIn.All.ToDictionary(static rubric => Id(rubric), ScoringConfigVersions.HashOf);
    private bool _servedDefault;

    protected override string CurrentVersion => holder.Current.Version;

    private KnownToScoring Known => new(_models, _rubrics);

    protected override DocumentReading<VersionedScoringConfig> Read(string text) => ScoringConfigReader.Read(text, Known);

    protected override DocumentReading<VersionedScoringConfig> Read(JsonElement json) => ScoringConfigReader.Read(json, Known);

    protected override string VersionOf(VersionedScoringConfig state) => state.Version;

    protected override void Record(string source, DocumentResult result) => ScoringConfigMetrics.Record(source, result);

    protected override Task StoreAsync(VersionedScoringConfig state, string source, string? keyId) =>
        Log.PutScoringConfigAsync(state, source, keyId, CancellationToken.None);

    protected override bool Swap(VersionedScoringConfig state, string source)
    {
        foreach (var rubric in state.Config.Rubrics)
        {
            _rubrics.TryAdd(Id(rubric), ScoringConfigVersions.HashOf(rubric));
        }

        lookup.Remember(state);
        if (CurrentVersion == state.Version)
        {
            return false;
        }

        lookup.Remember(holder.Current);
        holder.Current = state;
        LogInForce(state.Version, source, state.Config.Judges.Count, state.Config.Rubrics.Count);
        return true;
    }

    private static RubricId Id(Rubric rubric) => new(rubric.Name, rubric.Version);

    [LoggerMessage(LogLevel.Information, "The scoring configuration {Version} is in force, by {Source}, with {Judges} judges and {Rubrics} rubrics")]
    private partial void LogInForce(string version, string source, int judges, int rubrics);
}
