using System.Globalization;
using Consensus.Storage.Evidence;
using Consensus.Storage.LongTerm.Backing;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Backups;

/// <summary>Backs every store up now and then while the service runs, and takes the oldest backups away. A failure is logged and tried again the next time.</summary>
internal sealed partial class BackupSchedule(RunLog log, EvidenceStore evidence, IOptions<BackupOptions> options, TimeProvider time, ILogger<BackupSchedule> logger) : BackgroundService
{
    private const string Prefix = "backup-";
    private const string TimeForm = "yyyyMMdd'T'HHmmssfff'Z'";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value is not { Folder: { Length: > 0 } folder } settings)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Due(folder, settings.Every), time, stoppingToken);
                await BackUpAsync(folder, settings.Keep, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault, folder);
                await Task.Delay(settings.Every, time, stoppingToken);
            }
        }
    }

    /// <summary>Makes a backup, then takes away the oldest complete ones that are too many, and what was begun before and never finished.</summary>
    internal async Task BackUpAsync(string folder, int keep, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var path = Path.Combine(folder, Prefix + now.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
        var manifest = await StorageBackup.WriteAsync(log, evidence, path, now, cancellationToken);
        LogMade(path, manifest.Files.Count, manifest.Files.Sum(static file => file.Bytes));
        var complete = Complete(folder);
        foreach (var old in Directory.GetDirectories(folder, Prefix + "*").Except(complete.TakeLast(keep), StringComparer.Ordinal))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <summary>How long until the next, so that a service that is started often makes no more of them.</summary>
    private TimeSpan Due(string folder, TimeSpan every)
    {
        var last = Directory.Exists(folder) ? Complete(folder).LastOrDefault() : null;
        return last is not null && DateTimeOffset.TryParseExact(
            Path.GetFileName(last)[Prefix.Length..], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at + every > time.GetUtcNow()
            ? at + every - time.GetUtcNow()
            : TimeSpan.Zero;
    }

    /// <summary>The complete backups, the oldest first.</summary>
    private static List<string> Complete(string folder) =>
        [.. Directory.GetDirectories(folder, Prefix + "*").Where(static path => File.Exists(Path.Combine(path, "manifest.json"))).Order(StringComparer.Ordinal)];

    [LoggerMessage(LogLevel.Information, "Backup {Path} is complete: {Files} files, {Bytes} bytes")]
    private partial void LogMade(string path, int files, long bytes);

    [LoggerMessage(LogLevel.Error, "No backup could be made in {Folder}; it is tried again")]
    private partial void LogFailed(Exception fault, string folder);
}
