using System.Text.Json;
using Consensus.ApiService.Hosting;
using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>What became of a configuration that was put.</summary>
/// <param name="Reading">What was read; what is wrong with it.</param>
/// <param name="Receipt">What became of it; <c>null</c> when it is wrong, or another is in force than its sender meant to replace.</param>
internal sealed record ScoringConfigPutting(ScoringConfigReading Reading, ScoringConfigReceipt? Receipt);

/// <summary>Puts scoring configurations in force: stored first, where runs are stored, then swapped. One at a time; what is refused leaves the last good one.</summary>
internal sealed partial class ScoringConfigRegister(
    ScoringConfigHolder holder, ScoringConfigLookup lookup, ScoringConfigFile file, BuiltInRubrics builtIn, ModelCatalog catalog, RunLog log,
    ILogger<ScoringConfigRegister> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly string[] _models = [.. catalog.Models.Select(static model => model.Id)];
    private readonly Dictionary<RubricId, string> _rubrics = builtIn.All.ToDictionary(static rubric => Id(rubric), ScoringConfigVersions.HashOf);
    private string? _fileVersion;
    private bool _servedUnstored;
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
        return new ScoringConfigPutting(
            reading, reading.State is { } state && replaces(holder.Current.Version) ? await PutAsync(state, ScoringConfigSource.Api, keyId) : null);
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

    /// <summary>Puts in force what the store, the file or else the catalog of models says.</summary>
    /// <param name="isStart">Whether this is the service's start, which a file that is refused ends unless there is a configuration that somebody put.</param>
    /// <exception cref="RunLogUnavailableException">The store cannot be read or written; until it can, the file's configuration or the default is in force.</exception>
    /// <exception cref="StartRefusedException">The file is refused; the message says why.</exception>
    public Task LoadAsync(bool isStart) => AloneAsync(async () =>
    {
        if (!_loaded)
        {
            await LoadAsync(file.IsSet ? file.Look() : null, isStart);
        }

        return true;
    });

    public void Dispose() => _one.Dispose();

    private Task EnsureLoadedAsync() => _loaded ? Task.CompletedTask : LoadAsync(file.IsSet ? file.Look() : null, isStart: false);

    private async Task LoadAsync(FileLook? look, bool isStart)
    {
        try
        {
            var stored = log.IsEnabled ? await log.FindScoringConfigsAsync(CancellationToken.None) : null;
            await LoadAsync(stored, look, isStart);
            _loaded = true;
        }
        catch (RunLogUnavailableException) when (isStart)
        {
            ServeUnstored(look);
            throw;
        }
    }

    private async Task LoadAsync(StoredScoringConfigs? stored, FileLook? look, bool isStart)
    {
        Learn(stored);
        await RecordServedAsync(stored?.Newest);
        var isPut = stored?.Newest is { Source: not ScoringConfigSource.Default };
        var ofFile = look is { } seen ? Read(seen, refuseStart: isStart && !isPut) : null;
        var isNew = ofFile is not null && ofFile.Version != _fileVersion;
        if (ofFile is not null)
        {
            await TakeAsync(ofFile, look!.Value);
        }

        if (isNew)
        {
            return;
        }

        if (!isPut)
        {
            await FollowCatalogAsync(stored?.Newest);
        }
        else if (ReadStored(stored!.Newest!) is { } put)
        {
            Swap(put, stored.Newest!.Source);
        }
    }

    /// <summary>The default is stored where it differs from the stored one; a stored one that nobody can read any more differs.</summary>
    private async Task FollowCatalogAsync(StoredScoringConfig? stored)
    {
        var fresh = DefaultScoringConfig.Of(catalog, builtIn.All);
        if (stored is not null && ScoringConfigReader.Read(stored.Document, KnownToScoring.Nothing).State is { } same && same.Version == fresh.Version)
        {
            Swap(fresh with { Version = stored.Version }, ScoringConfigSource.Default);
            return;
        }

        await PutAsync(fresh, ScoringConfigSource.Default, keyId: null);
    }

    /// <summary>Until the store can be read: the file, where it is in order; else the default, which is there already.</summary>
    private void ServeUnstored(FileLook? look)
    {
        _servedUnstored = true;
        if (look is { } seen && Read(seen) is { } state)
        {
            Swap(state, ScoringConfigSource.File);
        }
    }

    /// <summary>What was in force while the store was away may be named by runs, so it is stored, with what comes in force again after it.</summary>
    private async Task RecordServedAsync(StoredScoringConfig? newest)
    {
        if (!_servedUnstored || newest is null || ReadStored(newest) is not { } again || await log.FindScoringConfigAsync(holder.Current.Version, CancellationToken.None) is not null)
        {
            return;
        }

        await log.PutScoringConfigAsync(holder.Current, ScoringConfigSource.Default, keyId: null, CancellationToken.None);
        await log.PutScoringConfigAsync(again, newest.Source, newest.KeyId, CancellationToken.None);
    }

    private void Learn(StoredScoringConfigs? stored)
    {
        _fileVersion = stored?.File is { } text ? ScoringConfigReader.Read(text, KnownToScoring.Nothing).State?.Version : null;
        foreach (var (rubric, hash) in stored?.Rubrics ?? new Dictionary<RubricId, string>())
        {
            _rubrics[rubric] = hash;
        }
    }

    private VersionedScoringConfig? ReadStored(StoredScoringConfig stored)
    {
        var reading = ScoringConfigReader.ReadStored(stored.Version, stored.Document);
        if (reading.State is null)
        {
            // A later version of this program may have stored what this one does not know.
            LogUnusable(stored.Version, reading.Count, reading.Errors[0].Field, reading.Errors[0].Message);
        }

        return reading.State;
    }

    private VersionedScoringConfig? Read(FileLook look, bool refuseStart = false)
    {
        var reading = look.Text is { } text ? ScoringConfigReader.Read(text, Known) : null;
        if (reading?.State is { } state)
        {
            return state;
        }

        var reason = reading is null ? look.Fault! : ScoringConfigFile.Reasons(reading.Errors, reading.Count);
        if (refuseStart)
        {
            throw new StartRefusedException($"{ScoringConfigServices.FileSetting}: the file is refused. {reason}");
        }

        file.Refuse(look, reason, reading?.Count ?? 1, holder.Current.Version);
        return null;
    }

    private async Task TakeAsync(VersionedScoringConfig state, FileLook look)
    {
        if (state.Version != _fileVersion)
        {
            await PutAsync(state, ScoringConfigSource.File, keyId: null);
            _fileVersion = state.Version;
        }

        file.Accept(look);
    }

    private async Task<ScoringConfigReceipt> PutAsync(VersionedScoringConfig state, string source, string? keyId)
    {
        if (log.IsEnabled)
        {
            // Not cancelled with its caller: what is stored and what is in force must not part.
            await log.PutScoringConfigAsync(state, source, keyId, CancellationToken.None);
        }

        foreach (var rubric in state.Config.Rubrics)
        {
            _rubrics.TryAdd(Id(rubric), ScoringConfigVersions.HashOf(rubric));
        }

        return new ScoringConfigReceipt(state.Version, Swap(state, source), log.IsEnabled);
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

    [LoggerMessage(LogLevel.Error, "The stored scoring configuration {Version} is not usable and not in force: {Count} violations, the first at {Field}: {Message}")]
    private partial void LogUnusable(string version, int count, string field, string message);
}
