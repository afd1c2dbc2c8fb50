using System.Text.Json;
using Consensus.ApiService.Hosting;
using Consensus.Storage.Documents;
using Consensus.Storage.Documents.Versioned;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Documents;

/// <summary>What became of a document that came over the API.</summary>
/// <param name="Reading">What was read; what is wrong with it.</param>
/// <param name="Changed">Whether it is new in force; <c>null</c> when it is wrong, or another is in force than its sender meant to replace.</param>
internal sealed record DocumentPut<TState>(DocumentReading<TState> Reading, bool? Changed)
    where TState : class;

/// <summary>
/// Puts documents of one kind in force: stored first, where runs are stored, then swapped. One at a time; what is refused leaves the last good one.
/// </summary>
/// <param name="file">The file that may say it.</param>
/// <param name="fileSetting">The setting that names the file.</param>
/// <param name="log">Where it is stored.</param>
internal abstract class DocumentRegister<TState>(DocumentFile file, string fileSetting, RunLog log) : IDisposable
    where TState : class
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _loaded;

    /// <summary>Whether what is in force is what the store says.</summary>
    public bool IsLoaded => _loaded;

    protected RunLog Log => log;

    /// <summary>The version that the file said when it was last taken; <c>null</c> for none.</summary>
    protected string? FileVersion { get; set; }

    protected abstract string CurrentVersion { get; }

    /// <summary>Puts in force what the store or the file says.</summary>
    /// <param name="isStart">Whether this is the service's start, which what cannot be read may end.</param>
    /// <exception cref="RunLogUnavailableException">The store cannot be read or written; until it can, what the file says or the default is in force.</exception>
    /// <exception cref="StartRefusedException">What is to be in force is refused; the message says why.</exception>
    public Task LoadAsync(bool isStart) => AloneAsync(async () =>
    {
        await EnsureLoadedAsync(isStart);
        return true;
    });

    /// <summary>Puts a document in force that came over the API.</summary>
    /// <param name="json">The document.</param>
    /// <param name="keyId">The key that brought it.</param>
    /// <param name="replaces">Whether it is meant to replace a version.</param>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public Task<DocumentPut<TState>> PutAsync(JsonElement json, string? keyId, Func<string, bool> replaces) => AloneAsync(async () =>
    {
        await EnsureLoadedAsync(isStart: false);
        var reading = Read(json);
        if (reading.State is { } state && replaces(CurrentVersion))
        {
            return new DocumentPut<TState>(reading, await PutAsync(state, DocumentSource.Api, keyId));
        }

        Record(DocumentSource.Api, reading.State is null ? DocumentResult.Refused : DocumentResult.Overtaken);
        return new DocumentPut<TState>(reading, null);
    });

    /// <summary>Takes what the file says, unless it says what it said when it was last taken.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored; what was in force stays.</exception>
    public Task TakeFileAsync(FileLook look) => AloneAsync(async () =>
    {
        if (!_loaded)
        {
            await LoadFirstAsync(look, isStart: false);
        }
        else if (ReadFile(look) is { } state)
        {
            await TakeAsync(state, look);
        }

        return true;
    });

    /// <summary>Takes what another process on the same store put in force.</summary>
    /// <exception cref="RunLogUnavailableException">The store cannot be read; what was in force stays.</exception>
    /// <exception cref="StartRefusedException">It is of another version of this program; what was in force stays.</exception>
    public Task RefreshAsync() => AloneAsync(async () =>
    {
        if (_loaded && await FindStoredAsync(CurrentVersion) is { } other && Swap(other.State, other.Source))
        {
            Record(other.Source, DocumentResult.InForce);
        }

        return true;
    });

    public void Dispose() => _one.Dispose();

    protected abstract DocumentReading<TState> Read(string text);

    protected abstract DocumentReading<TState> Read(JsonElement json);

    protected abstract string VersionOf(TState state);

    /// <summary>Brings in force what is to be at first; it is loaded when this returns.</summary>
    protected abstract Task LoadAsync(FileLook? look, bool isStart);

    /// <summary>The newest document that was put; <c>null</c> where it has this version already, or there is none.</summary>
    protected abstract Task<(TState State, string Source)?> FindStoredAsync(string exceptVersion);

    protected abstract Task StoreAsync(TState state, string source, string? keyId);

    /// <summary>Swaps what is in force; whether that is another than before.</summary>
    protected abstract bool Swap(TState state, string source);

    /// <summary>Counts what became of a document.</summary>
    protected abstract void Record(string source, DocumentResult result);

    /// <summary>What the file says; <c>null</c> when it is refused, which is told and leaves what is in force.</summary>
    /// <exception cref="StartRefusedException">It is refused, and the start with it.</exception>
    protected TState? ReadFile(FileLook look, bool refuseStart = false)
    {
        var reading = look.Text is { } text ? Read(text) : null;
        if (reading?.State is { } state)
        {
            return state;
        }

        var reason = reading is null ? look.Fault! : DocumentFile.Reasons(reading.Errors, reading.Count);
        if (refuseStart)
        {
            throw new StartRefusedException($"{fileSetting}: the file is refused. {reason}");
        }

        file.Refuse(look, reason, reading?.Count ?? 1, CurrentVersion);
        Record(DocumentSource.File, DocumentResult.Refused);
        return null;
    }

    protected async Task TakeAsync(TState state, FileLook look)
    {
        if (VersionOf(state) != FileVersion)
        {
            await PutAsync(state, DocumentSource.File, keyId: null);
            FileVersion = VersionOf(state);
        }

        file.Accept(look);
    }

    /// <summary>Stores and swaps; whether another is in force than before.</summary>
    protected async Task<bool> PutAsync(TState state, string source, string? keyId)
    {
        try
        {
            if (log.IsEnabled)
            {
                // Not cancelled with its caller: what is stored and what is in force must not part.
                await StoreAsync(state, source, keyId);
            }
        }
        catch (RunLogUnavailableException)
        {
            Record(source, DocumentResult.NotStored);
            throw;
        }

        var changed = Swap(state, source);
        Record(source, changed ? DocumentResult.InForce : DocumentResult.Unchanged);
        return changed;
    }

    private Task EnsureLoadedAsync(bool isStart) => _loaded ? Task.CompletedTask : LoadFirstAsync(file.IsSet ? file.Look() : null, isStart);

    private async Task LoadFirstAsync(FileLook? look, bool isStart)
    {
        await LoadAsync(look, isStart);
        _loaded = true;
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
}
