using Consensus.ApiService.Telemetry;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Backups;

/// <summary>Makes backups of every store while the service runs, one at a time, and takes the oldest away.</summary>
internal sealed partial class BackupKeeper(
    RunLog log, EvidenceStore evidence, BackupSettings settings, TimeProvider time, ILogger<BackupKeeper> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The right to make one until it is disposed, once nobody else has it.</summary>
    public async Task<Turn> BeginAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        return new Turn(_one);
    }

    /// <summary>The right to make one until it is disposed; null while somebody else has it.</summary>
    public Turn? TryBegin() => _one.Wait(0) ? new Turn(_one) : null;

    /// <summary>The complete backups, newest first; those whose manifest cannot be read have no stores.</summary>
    /// <param name="verify">Whether every file is read.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <exception cref="IOException">The folder of backups cannot be read.</exception>
    public BackupList List(bool verify, CancellationToken cancellationToken)
    {
        List<BackupSummary> found = [];
        foreach (var backup in Folder.Complete().Reverse())
        {
            try
            {
                found.Add(BackupReader.Summarize(backup, verify, cancellationToken));
            }
            catch (IOException) when (!Directory.Exists(backup))
            {
                // A newer one was made meanwhile, and this one was too many.
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                found.Add(new BackupSummary(Path.GetFileName(backup), BackupFolder.TimeOf(backup)!.Value, 0, [], BackupCheck.Damaged, ["manifest.json"]));
            }
        }

        return new BackupList(_one.CurrentCount == 0, time.GetUtcNow() + Due(), found);
    }

    /// <summary>How long until the next is due, so that a service that is started often makes no more of them.</summary>
    /// <exception cref="IOException">The folder of backups cannot be read.</exception>
    public TimeSpan Due()
    {
        var now = time.GetUtcNow();
        // Those of a clock that was set back since do not count.
        if (Folder.Complete().Select(BackupFolder.TimeOf).LastOrDefault(at => at <= now) is not { } last)
        {
            return TimeSpan.Zero;
        }

        BackupMetrics.Stands(last);
        var due = last + settings.Every - now;
        return due > TimeSpan.Zero ? due : TimeSpan.Zero;
    }

    /// <summary>Makes a backup, then takes away those that are too many. What could not be finished is taken away too.</summary>
    /// <param name="turn">The right to do so.</param>
    /// <param name="keyId">The API key's name; null without one.</param>
    /// <param name="cancellationToken">Ends it between two stores.</param>
    /// <exception cref="IOException">The folder cannot be written, or a copy is not sound.</exception>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be read.</exception>
    public async Task<BackupSummary> BackUpAsync(Turn turn, string? keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var now = time.GetUtcNow();
        var path = Folder.PathAt(now);
        BackupManifest manifest;
        try
        {
            manifest = await StorageBackup.WriteAsync(log, evidence, path, now, keyId, cancellationToken);
        }
        catch
        {
            Try(() => BackupFolder.RemoveUnfinished(path), path);
            throw;
        }

        var bytes = manifest.Files.Sum(static file => file.Bytes);
        BackupMetrics.Completed(now, bytes);
        LogMade(path, manifest.Files.Count, bytes);
        Try(() => Folder.Tidy(settings.Keep, path), settings.Folder!);
        return BackupReader.Summarize(Path.GetFileName(path), manifest);
    }

    public void Dispose() => _one.Dispose();

    private BackupFolder Folder => new(settings.Folder ?? throw new InvalidOperationException("Backup:Folder is not set."));

    private void Try(Action tidy, string path)
    {
        try
        {
            tidy();
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was begun.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogLeft(fault, path);
        }
    }

    [LoggerMessage(LogLevel.Information, "Backup {Path} is complete: {Files} files, {Bytes} bytes")]
    private partial void LogMade(string path, int files, long bytes);

    [LoggerMessage(LogLevel.Warning, "Of {Path}, what is too old or was not finished cannot be taken away; it is tried again after the next backup")]
    private partial void LogLeft(Exception fault, string path);

    /// <summary>The right to make a backup.</summary>
    public sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
