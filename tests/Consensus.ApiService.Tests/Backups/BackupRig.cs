using Consensus.ApiService.Backups;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.Backups;

/// <summary>Backups of a real service by a clock that the test sets, with an archived run among what is backed up.</summary>
internal sealed class BackupRig : IAsyncDisposable
{
    private readonly ApiApp _app;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-backups-");
    private readonly LoggerFactory _loggers;
    private readonly BackupSchedule _schedule;

    private BackupRig(ApiApp app, TimeSpan every, int keep)
    {
        _app = app;
        _loggers = new LoggerFactory([Log]);
        var settings = new BackupSettings(_folder.FullName, every, keep);
        Keeper = new BackupKeeper(
            app.Services.GetRequiredService<RunLog>(), app.Services.GetRequiredService<EvidenceStore>(), settings, Time, _loggers.CreateLogger<BackupKeeper>());
        _schedule = new BackupSchedule(Keeper, settings, Time, _loggers.CreateLogger<BackupSchedule>());
    }

    public static DateTimeOffset Start { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Start);

    public KeptLog Log { get; } = new();

    public BackupKeeper Keeper { get; }

    public string Folder => _folder.FullName;

    /// <summary>The folders of backups by when they were begun, finished or not.</summary>
    public IReadOnlyList<TimeSpan> Begun => [.. _folder.GetDirectories().Select(static backup => BackupFolder.TimeOf(backup.FullName)!.Value - Start).Order()];

    /// <summary>The one file of the archive.</summary>
    public string Segment { get; private set; } = "";

    public static async Task<BackupRig> StartAsync(TimeSpan every, int keep = 100)
    {
        var app = await ApiApp.StartAsync();
        (await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)).EnsureSuccessStatusCode();
        await app.Services.GetRequiredService<RunLog>().ArchiveAsync(DateTimeOffset.UtcNow.AddDays(1), dryRun: false, told: null, CancellationToken.None);
        var archive = Path.Combine(Path.GetDirectoryName(app.Services.GetRequiredService<RunLog>().Place)!, "archive");
        return new BackupRig(app, every, keep) { Segment = Directory.GetFiles(archive, "*.zst", SearchOption.AllDirectories).Single() };
    }

    public Task StartScheduleAsync() => _schedule.StartAsync(CancellationToken.None);

    public async Task BackUpAsync()
    {
        using var turn = await Keeper.BeginAsync(CancellationToken.None);
        await Keeper.BackUpAsync(turn, keyId: null, CancellationToken.None);
    }

    /// <summary>Lets time pass in steps until a condition holds.</summary>
    public Task PassAsync(TimeSpan step, Func<bool> until) => Eventually.HoldsAsync(() =>
    {
        if (until())
        {
            return true;
        }

        Time.Advance(step);
        return false;
    });

    public async ValueTask DisposeAsync()
    {
        await _schedule.StopAsync(CancellationToken.None);
        _schedule.Dispose();
        Keeper.Dispose();
        _loggers.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
