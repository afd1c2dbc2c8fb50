using Consensus.ApiService.Documents;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>What comes in force at start: what the store, the file or else the catalog of models says.</summary>
internal sealed partial class ScoringConfigRegister
{
    /// <summary>A file that is refused ends the start unless there is a configuration that somebody put.</summary>
    protected override async Task LoadAsync(FileLook? look, bool isStart)
    {
        try
        {
            var stored = Log.IsEnabled ? await Log.FindScoringConfigsAsync(CancellationToken.None) : null;
            await LoadAsync(stored, look, isStart);
        }
        catch (RunLogUnavailableException) when (isStart)
        {
            ServeUnstored(look);
            throw;
        }
    }

    protected override async Task<(VersionedScoringConfig State, string Source)?> FindStoredAsync(string exceptVersion)
    {
        var stored = await Log.FindScoringConfigsAsync(CancellationToken.None);
        if (stored?.Newest is not { Source: not DocumentSource.Default } newest || newest.Version == exceptVersion)
        {
            return null;
        }

        Learn(stored);
        return ReadStored(newest) is { } put ? (put, newest.Source) : null;
    }

    private async Task LoadAsync(StoredScoringConfigs? stored, FileLook? look, bool isStart)
    {
        Learn(stored);
        await RecordServedAsync(stored?.Newest);
        var isPut = stored?.Newest is { Source: not DocumentSource.Default };
        var ofFile = look is { } seen ? ReadFile(seen, refuseStart: isStart && !isPut) : null;
        var isNew = ofFile is not null && ofFile.Version != FileVersion;
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
    private async Task FollowCatalogAsync(StoredDocument? stored)
    {
        var fresh = DefaultScoringConfig.Of(catalog, builtIn.Newest);
        if (stored is not null && ScoringConfigReader.Read(stored.Document, KnownToScoring.Nothing).State is { } same && same.Version == fresh.Version)
        {
            Swap(fresh with { Version = stored.Version }, DocumentSource.Default);
            return;
        }

        await PutAsync(fresh, DocumentSource.Default, keyId: null);
    }

    /// <summary>Until the store can be read: the file, where it is in order; else the default, which is there already.</summary>
    private void ServeUnstored(FileLook? look)
    {
        if (look is { } seen && ReadFile(seen) is { } state)
        {
            Swap(state, DocumentSource.File);
            return;
        }

        _servedDefault = true;
    }

    /// <summary>
    /// The default that was in force while the store was away may be named by runs, so it is stored, with what comes in force again after it. (The file's
    /// configuration is stored when it is taken.)
    /// </summary>
    private async Task RecordServedAsync(StoredDocument? newest)
    {
        if (!_servedDefault || newest is null || ReadStored(newest) is not { } again
            || await Log.FindScoringConfigAsync(holder.Current.Version, CancellationToken.None) is not null)
        {
            return;
        }

        await Log.PutScoringConfigAsync(holder.Current, DocumentSource.Default, keyId: null, CancellationToken.None);
        await Log.PutScoringConfigAsync(again, newest.Source, newest.KeyId, CancellationToken.None);
    }

    private void Learn(StoredScoringConfigs? stored)
    {
        FileVersion = stored?.File is { } text ? ScoringConfigReader.Read(text, KnownToScoring.Nothing).State?.Version : null;
        foreach (var (rubric, hash) in stored?.Rubrics ?? new Dictionary<RubricId, string>())
        {
            _rubrics[rubric] = hash;
        }
    }

    private VersionedScoringConfig? ReadStored(StoredDocument stored)
    {
        var reading = ScoringConfigReader.ReadStored(stored.Version, stored.Document);
        if (reading.State is null)
        {
            // A later version of this program may have stored what this one does not know.
            LogUnusable(stored.Version, reading.Count, reading.Errors[0].Field, reading.Errors[0].Message);
        }

        return reading.State;
    }

    [LoggerMessage(LogLevel.Error, "The stored scoring configuration {Version} is not usable and not in force: {Count} violations, the first at {Field}: {Message}")]
    private partial void LogUnusable(string version, int count, string field, string message);
}
