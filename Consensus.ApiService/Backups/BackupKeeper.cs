using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Backups;

/// <summary>Makes backups of every store while the service runs, one at a time, and takes the oldest away.</summary>
internal sealed partial class BackupKeeper(RunLog log, EvidenceStore evidence, BackupSettings settings, TimeProvider time, ILogger<BackupKeeper> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The right to make one until it is disposed, once nobody else has it.</summary>
    public async Task<Turn> BeginAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        return new Turn(_one);
    }

    /// <summary>How long until the next is due, so that a service that is started often makes no more of them.</summary>
    /// <exception cref="IOException">The folder of backups cannot be read.</exception>
    public TimeSpan Due()
    {
        var now = time.GetUtcNow();
        // Those of a clock that was set back since do not count.
        var due = Folder.Complete().Select(BackupFolder.TimeOf).LastOrDefault(at => at <= now) is { } last ? last + settings.Every - now : TimeSpan.Zero;
        return due > TimeSpan.Zero ? due : TimeSpan.Zero;
    }

    /// <summary>Makes a backup, then takes away those that are too many. What could not be finished is taken away too.</summary>
    /// <exception cref="IOException">The folder cannot be written, or a copy is not sound.</exception>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    /// <exception cref="EvidenceUnavailableException">The evidence store cannot be read.</exception>
    public async Task<BackupManifest> BackUpAsync(Turn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var now = time.GetUtcNow();
        var path = Folder.PathAt(now);
        BackupManifest manifest;
        try
        {
            manifest = await StorageBackup.WriteAsync(log, evidence, path, now, cancellationToken);
        }
        catch
        {
            Try(() => Directory.Delete(path, recursive: true), path);
            throw;
        }

        LogMade(path, manifest.Files.Count, manifest.Files.Sum(static file => file.Bytes));
        Try(() => Folder.Tidy(settings.Keep, path), settings.Folder!);
        return manifest;
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
