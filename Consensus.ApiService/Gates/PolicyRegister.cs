using System.Text.Json;
using Consensus.ApiService.Documents;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Policies;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Policies;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Gates;

/// <summary>What became of a policy that was put.</summary>
/// <param name="Reading">What was read; what is wrong with it.</param>
/// <param name="Receipt">What became of it; <c>null</c> when it is wrong, or another is in force than its sender meant to replace.</param>
internal sealed record PolicyPutting(PolicyReading Reading, PolicyReceipt? Receipt);

/// <summary>Puts policies in force: stored first, where runs are stored, then swapped. One at a time; what is refused leaves the last good one.</summary>
internal sealed partial class PolicyRegister(
    PolicyHolder holder, [FromKeyedServices(PolicyServices.FileSetting)] DocumentFile file, RunLog log, ILogger<PolicyRegister> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private string? _fileVersion;
    private volatile bool _loaded;

    /// <summary>Whether what is in force is what the store says.</summary>
    public bool IsLoaded => _loaded;

    /// <summary>Puts in force what the store or the file says; else everything passes.</summary>
    /// <param name="isStart">Whether this is the service's start, which a policy that cannot be read ends: what it would have stopped must not pass.</param>
    /// <exception cref="RunLogUnavailableException">The store cannot be read or written; until it can, the file's policy or the default is in force.</exception>
    /// <exception cref="StartRefusedException">The stored policy or the file is refused; the message says why.</exception>
    public Task LoadAsync(bool isStart) => AloneAsync(async () =>
    {
        if (!_loaded)
        {
            await LoadAsync(file.IsSet ? file.Look() : null, isStart);
        }

        return true;
    });

    /// <summary>Puts a policy in force that came over the API.</summary>
    /// <param name="json">The policy.</param>
    /// <param name="keyId">The key that brought it.</param>
    /// <param name="replaces">Whether it is meant to replace a version.</param>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public Task<PolicyPutting> PutAsync(JsonElement json, string? keyId, Func<string, bool> replaces) => AloneAsync(async () =>
    {
        if (!_loaded)
        {
            await LoadAsync(file.IsSet ? file.Look() : null, isStart: false);
        }

        var reading = PolicyReader.Read(json);
        if (reading.State is { } state && replaces(holder.Current.Version))
        {
            return new PolicyPutting(reading, await PutAsync(state, DocumentSource.Api, keyId));
        }

        PolicyMetrics.Record(DocumentSource.Api, reading.State is null ? DocumentResult.Refused : DocumentResult.Overtaken);
        return new PolicyPutting(reading, null);
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

    private async Task LoadAsync(FileLook? look, bool isStart)
    {
        StoredDocuments? stored;
        try
        {
            stored = log.IsEnabled ? await log.FindPoliciesAsync(CancellationToken.None) : null;
        }
        catch (RunLogUnavailableException) when (isStart)
        {
            if (look is { } only && Read(only, refuseStart: true) is { } unstored)
            {
                Swap(unstored, DocumentSource.File);
            }

            throw;
        }

        _fileVersion = stored?.File is { } text ? PolicyReader.Read(text).State?.Version : null;
        if (look is { } seen && Read(seen, refuseStart: isStart && stored?.Newest is null) is { } ofFile)
        {
            var isNew = ofFile.Version != _fileVersion;
            await TakeAsync(ofFile, seen);
            if (isNew)
            {
                _loaded = true;
                return;
            }
        }

        if (stored?.Newest is { } newest)
        {
            Swap(ReadStored(newest), newest.Source);
        }

        _loaded = true;
    }

    private VersionedPolicy? Read(FileLook look, bool refuseStart = false)
    {
        var reading = look.Text is { } text ? PolicyReader.Read(text) : null;
        if (reading?.State is { } state)
        {
            return state;
        }

        var reason = reading is null ? look.Fault! : DocumentFile.Reasons(reading.Errors, reading.Count);
        if (refuseStart)
        {
            throw new StartRefusedException($"{PolicyServices.FileSetting}: the file is refused. {reason}");
        }

        file.Refuse(look, reason, reading?.Count ?? 1, holder.Current.Version);
        PolicyMetrics.Record(DocumentSource.File, DocumentResult.Refused);
        return null;
    }

    private static VersionedPolicy ReadStored(StoredDocument stored)
    {
        var reading = PolicyReader.ReadStored(stored.Version, stored.Document);
        return reading.State ?? throw new StartRefusedException(
            $"The stored policy {stored.Version} is of another version of this program and cannot be kept: {DocumentFile.Reasons(reading.Errors, reading.Count)}");
    }

    private async Task TakeAsync(VersionedPolicy state, FileLook look)
    {
        if (state.Version != _fileVersion)
        {
            await PutAsync(state, DocumentSource.File, keyId: null);
            _fileVersion = state.Version;
        }

        file.Accept(look);
    }

    private async Task<PolicyReceipt> PutAsync(VersionedPolicy state, string source, string? keyId)
    {
        try
        {
            if (log.IsEnabled)
            {
                // Not cancelled with its caller: what is stored and what is in force must not part.
                await log.PutPolicyAsync(state, source, keyId, CancellationToken.None);
            }
        }
        catch (RunLogUnavailableException)
        {
            PolicyMetrics.Record(source, DocumentResult.NotStored);
            throw;
        }

        var changed = Swap(state, source);
        PolicyMetrics.Record(source, changed ? DocumentResult.InForce : DocumentResult.Unchanged);
        return new PolicyReceipt(state.Version, changed, log.IsEnabled);
    }

    private bool Swap(VersionedPolicy state, string source)
    {
        if (holder.Current.Version == state.Version)
        {
            return false;
        }

        holder.Current = new PolicyInForce(state);
        LogInForce(state.Version, source);
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

    [LoggerMessage(LogLevel.Information, "The policy {Version} is in force, by {Source}")]
    private partial void LogInForce(string version, string source);
}
