using Consensus.ApiService.Documents;
using System.Text.Json;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>What became of a configuration that was put.</summary>
/// <param name="Reading">What was read; what is wrong with it.</param>
/// <param name="Receipt">What became of it; <c>null</c> when it is wrong, or another is in force than its sender meant to replace.</param>
internal sealed record ScoringConfigPutting(ScoringConfigReading Reading, ScoringConfigReceipt? Receipt);

/// <summary>Puts scoring configurations in force: stored first, where runs are stored, then swapped. One at a time; what is refused leaves the last good one.</summary>
internal sealed partial class ScoringConfigRegister(
    ScoringConfigHolder holder, ScoringConfigLookup lookup, [FromKeyedServices(ScoringConfigServices.FileSetting)] DocumentFile file, BuiltInRubrics builtIn, ModelCatalog catalog, RunLog log,
    ILogger<ScoringConfigRegister> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly string[] _models = [.. catalog.Models.Select(static model => model.Id)];
    private readonly Dictionary<RubricId, string> _rubrics = builtIn.All.ToDictionary(static rubric => Id(rubric), ScoringConfigVersions.HashOf);
    private string? _fileVersion;
    private bool _servedDefault;
    private volatile bool _loaded;

    /// <summary>Whether what is in force is what the store says.</summary>
    public bool IsLoaded => _loaded;

    private KnownToScoring Known => new(_models, _rubrics);

    /// <summary>Puts a configuration in force that came over the API.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="keyId">The key that brought it.</param>
    /// <param name="replaces">Whether it is meant to replace a version.</param>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public Task<ScoringConfigPutting> PutAsync(JsonElement json, string? keyId, Func<string, bool> replaces) => AloneAsync(async () =>
    {
        await EnsureLoadedAsync();
        var reading = ScoringConfigReader.Read(json, Known);
        if (reading.State is { } state && replaces(holder.Current.Version))
        {
            return new ScoringConfigPutting(reading, await PutAsync(state, DocumentSource.Api, keyId));
        }

        ScoringConfigMetrics.Record(DocumentSource.Api, reading.State is null ? DocumentResult.Refused : DocumentResult.Overtaken);
        return new ScoringConfigPutting(reading, null);
    });

    /// <summary>Takes what the file says, unless it says what it said when it was last taken.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public Task TakeFileAsync(FileLook look) => AloneAsync(async () =>
    {
        if (!_loaded)
        {
            await LoadAsync(look, isStart: false);
        }
        else if (Read(look) is { } state)
        {
            await TakeAsync(state, look);
        }

        return true;
    });

    public void Dispose() => _one.Dispose();

    private VersionedScoringConfig? Read(FileLook look, bool refuseStart = false)
    {
        var reading = look.Text is { } text ? ScoringConfigReader.Read(text, Known) : null;
        if (reading?.State is { } state)
        {
            return state;
        }

        var reason = reading is null ? look.Fault! : DocumentFile.Reasons(reading.Errors, reading.Count);
        if (refuseStart)
        {
            throw new StartRefusedException($"{ScoringConfigServices.FileSetting}: the file is refused. {reason}");
        }

        file.Refuse(look, reason, reading?.Count ?? 1, holder.Current.Version);
        ScoringConfigMetrics.Record(DocumentSource.File, DocumentResult.Refused);
        return null;
    }

    private async Task TakeAsync(VersionedScoringConfig state, FileLook look)
    {
        if (state.Version != _fileVersion)
        {
            await PutAsync(state, DocumentSource.File, keyId: null);
            _fileVersion = state.Version;
        }

        file.Accept(look);
    }

    private async Task<ScoringConfigReceipt> PutAsync(VersionedScoringConfig state, string source, string? keyId)
    {
        try
        {
            if (log.IsEnabled)
            {
                // Not cancelled with its caller: what is stored and what is in force must not part.
                await log.PutScoringConfigAsync(state, source, keyId, CancellationToken.None);
            }
        }
        catch (RunLogUnavailableException)
        {
            ScoringConfigMetrics.Record(source, DocumentResult.NotStored);
            throw;
        }

        foreach (var rubric in state.Config.Rubrics)
        {
            _rubrics.TryAdd(Id(rubric), ScoringConfigVersions.HashOf(rubric));
        }

        var changed = Swap(state, source);
        ScoringConfigMetrics.Record(source, changed ? DocumentResult.InForce : DocumentResult.Unchanged);
        return new ScoringConfigReceipt(state.Version, changed, log.IsEnabled);
    }

    private bool Swap(VersionedScoringConfig state, string source)
    {
        lookup.Remember(state);
        if (holder.Current.Version == state.Version)
        {
            return false;
        }

        lookup.Remember(holder.Current);
        holder.Current = state;
        LogInForce(state.Version, source, state.Config.Judges.Count, state.Config.Rubrics.Count);
        return true;
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> act)
    {
        await _one.WaitAsync();
        try
        {
            return await act();
        }
        finally
        {
            _one.Release();
        }
    }

    private static RubricId Id(Rubric rubric) => new(rubric.Name, rubric.Version);

    [LoggerMessage(LogLevel.Information, "The scoring configuration {Version} is in force, by {Source}, with {Judges} judges and {Rubrics} rubrics")]
    private partial void LogInForce(string version, string source, int judges, int rubrics);
}
