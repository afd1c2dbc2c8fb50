using Consensus.ApiService.Exports;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.ApiService.Tests.Exports;

public sealed class ExportScheduleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-exports-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Exports => Path.Combine(_folder.FullName, "exports");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WhatEndedSinceTheLastExportLeavesWhenTheServiceStartsAndIsImportedElsewhere()
    {
        using var storage = new StorageFolders();
        await AskAsync(storage, 3);

        await using (var app = await ApiApp.StartAsync(Settings(storage)))
        {
            await Eventually.HoldsAsync(() => Complete().Count == 1, "the first export");
            var entry = (await new ConsensusClient(app.Http).ListAuditAsync(new AuditQuery { SubjectKind = "export_schedule" }, Token)).Items.Single();
            Assert.Equal(("system", 3), (entry.Actor, entry.Detail.GetProperty("runs").GetInt32()));
        }

        await using var other = await ApiApp.StartAsync();
        var receipt = await other.Services.GetRequiredService<RunLog>().ImportAsync(Complete().Single(), dryRun: false, told: null, Token);
        Assert.Equal((3L, 0L), (receipt.Imported, receipt.Refusals));
    }

    [Fact]
    public async Task AFailedExportIsTriedAgainAfterWaitsThatGrowAndThenEachRunLeavesOnce()
    {
        await using var app = await ApiApp.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            (await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)).EnsureSuccessStatusCode();
        }

        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(1));
        var lines = new KeptLog();
        using var loggers = new LoggerFactory([lines]);
        var settings = new ExportSettings(Exports, TimeSpan.FromHours(1), ExportFormat.NdjsonGz, Level: null, TimeSpan.Zero, Keep: null);
        using var schedule = new ExportSchedule(app.Services.GetRequiredService<RunLog>(), settings, time, loggers.CreateLogger<ExportSchedule>());
        await File.WriteAllTextAsync(Exports, "A file is in the way.", Token);

        await schedule.StartAsync(Token);
        await PassAsync(() => Waits().Count >= 3);
        Assert.Equal(["00:01:00", "00:02:00", "00:04:00"], Waits().Take(3));
        File.Delete(Exports);
        await PassAsync(() => Directory.Exists(Exports) && Complete().Count == 1);
        (await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)).EnsureSuccessStatusCode();
        await PassAsync(() => Complete().Count == 2);
        await schedule.StopAsync(Token);

        var log = app.Services.GetRequiredService<RunLog>();
        Assert.Equal(2, (await log.FindScheduledExportAsync(Token))!.Sequence);
        // Started again, it does not begin at once.
        using var restarted = new ExportSchedule(log, settings with { Every = TimeSpan.FromDays(2) }, time, loggers.CreateLogger<ExportSchedule>());
        Assert.InRange(await restarted.DueAsync(Token), TimeSpan.FromDays(1), TimeSpan.FromDays(2));
        await using var other = await ApiApp.StartAsync();
        var imported = 0L;
        foreach (var export in Complete())
        {
            imported += (await other.Services.GetRequiredService<RunLog>().ImportAsync(export, dryRun: false, told: null, Token)).Imported;
        }

        Assert.Equal(4, imported);

        List<string> Waits() => [.. lines.Lines.Select(static line => line.Split("it is tried again in ")).Where(static parts => parts.Length == 2).Select(static parts => parts[1][..8])];

        Task PassAsync(Func<bool> until) => Eventually.HoldsAsync(() =>
        {
            if (until())
            {
                return true;
            }

            time.Advance(TimeSpan.FromSeconds(20));
            return false;
        });
    }

    [Fact]
    public async Task SettingsThatAreWrongStopTheStartWithEveryFault()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["RunLog:Enabled"] = "false", ["Export:Folder"] = "exports", ["Export:Every"] = "00:00:01", ["Export:Format"] = "csv", ["Export:Level"] = "20", ["Export:Settle"] = "2.00:00:00",
            ["Export:Keep"] = "-1", ["Export:Compression"] = "9",
        }));

        Assert.Equal(
            [
                "Export:Compression is no setting; here are Folder, Every, Format, Level, Settle, Keep.",
                "Export:Format is \"csv\"; it takes one of ndjson.zst, ndjson.gz, parquet.",
                "Export:Folder is \"exports\"; it takes an absolute path.",
                "Export:Every is \"00:00:01\"; it takes a time from 00:01:00 to 31.00:00:00.",
                "Export:Level is \"20\"; it takes a whole number from 1 to 19.",
                "Export:Settle is \"2.00:00:00\"; it takes a time from 00:00:00 to 1.00:00:00.",
                "Export:Keep is \"-1\"; it takes a whole number from 1 to 100000.",
                "Export:Folder is set, and no runs are stored that could be exported: RunLog:Enabled is false.",
            ],
            refused.Failures);
        var level = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string> { ["Export:Format"] = "parquet", ["Export:Level"] = "3" }));
        Assert.Equal("Export:Level is for Export:Format ndjson.zst; leave it out with parquet.", Assert.Single(level.Failures));
    }

    private static async Task AskAsync(StorageFolders storage, int runs)
    {
        await using var app = await ApiApp.StartAsync(storage.Settings);
        for (var i = 0; i < runs; i++)
        {
            (await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)).EnsureSuccessStatusCode();
        }
    }

    private Dictionary<string, string> Settings(StorageFolders storage) => new(storage.Settings) { ["Export:Folder"] = Exports, ["Export:Settle"] = "00:00:00" };

    /// <summary>The exports that whoever takes them away would see.</summary>
    private List<string> Complete() => Directory.Exists(Exports)
        ? [.. Directory.GetDirectories(Exports).Where(static folder => !folder.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];
}
