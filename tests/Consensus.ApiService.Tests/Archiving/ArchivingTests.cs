using System.Net;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Tests.Archiving;

public sealed class ArchivingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheScheduleMovesOldRunsWhichAreStillFoundAndListedAndHeldOnesStay()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Retention:StartDelay"] = "00:00:00", ["Retention:Every"] = "00:00:01", ["Retention:Runs:ArchiveAfterDays"] = "5", ["Retention:HoldTags:0"] = "held",
        });
        var old = new[] { await app.StoreAsync(daysAgo: 40), await app.StoreAsync(daysAgo: 6) };
        var held = await app.StoreAsync(daysAgo: 40, "held");
        var young = await app.StoreAsync(daysAgo: 4);
        var log = app.Services.GetRequiredService<RunLog>();

        await Eventually.HoldsAsync(async () => (await log.MeasureArchiveAsync(Token)).Runs == 2, "the schedule archives");

        var client = new ConsensusClient(app.Http);
        foreach (var run in old.Append(held).Append(young))
        {
            Assert.Equal(run, (await client.GetRunAsync(run, Token)).RunId);
        }

        Assert.Equal([young, old[1]], (await client.ListRunsAsync(new RunQuery { Limit = 2 }, Token)).Items.Select(static run => run.RunId));
        var entries = (await client.ListAuditAsync(new AuditQuery { Action = AuditAction.RunsArchived }, Token)).Items;
        Assert.Equal(2, entries.Sum(static entry => entry.Detail.GetProperty("rows").GetInt32()));
        Assert.All(entries, static entry => Assert.Equal("system", entry.Actor));
        await Eventually.HoldsAsync(() => app.Log.Lines.Any(static line => line.Contains("moved into the archive", StringComparison.Ordinal)), "the log says so");
    }

    [Fact]
    public async Task AnArchivedRunThatIsDeletedIsGoneForGoodAndItsTombstoneHolds()
    {
        using var storage = new StorageFolders();
        Guid gone;
        await using (var app = await ApiApp.StartAsync(storage.Settings))
        {
            gone = await app.StoreAsync(daysAgo: 40);
            var kept = await app.StoreAsync(daysAgo: 40);
            var log = app.Services.GetRequiredService<RunLog>();
            var order = new Storage.LongTerm.Exporting.ExportOrder(Path.Combine(storage.Path, "export"), Storage.LongTerm.Exporting.ExportFormat.NdjsonZst, null, null);
            await log.ExportAsync(order, told: null, Token);
            Assert.Equal(2, await log.ArchiveAsync(DateTimeOffset.UtcNow.AddDays(-2), dryRun: false, told: null, Token));

            Assert.Equal(HttpStatusCode.NoContent, (await app.Http.DeleteAsync($"/v1/runs/{gone}", Token)).StatusCode);

            await (await app.Http.GetAsync($"/v1/runs/{gone}", Token)).ProblemAsync(ErrorCatalog.RunNotFound);
            await (await app.Http.DeleteAsync($"/v1/runs/{gone}", Token)).ProblemAsync(ErrorCatalog.RunNotFound);
            Assert.Equal(kept, Assert.Single((await new ConsensusClient(app.Http).ListRunsAsync(cancellationToken: Token)).Items).RunId);
            Assert.Equal(1, (await log.MeasureArchiveAsync(Token)).Runs);
            var receipt = await log.ImportAsync(order.Folder, dryRun: false, told: null, Token);
            Assert.Equal((0L, 1L, "deleted"), (receipt.Imported, receipt.Skipped, Assert.Single(receipt.Refused).Reason));
        }

        await using (var again = await ApiApp.StartAsync(storage.Settings))
        {
            await (await again.Http.GetAsync($"/v1/runs/{gone}", Token)).ProblemAsync(ErrorCatalog.RunNotFound);
            var entry = (await new ConsensusClient(again.Http).ListAuditAsync(new AuditQuery { Action = AuditAction.RunDeleted }, Token)).Items.Single();
            Assert.Equal(("run", gone.ToString("D")), (entry.Subject.Kind, entry.Subject.Id));
        }

        var report = AuditVerification.Verify(storage.Path, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        Assert.Equal(1, report.Runs);
    }

    [Fact]
    public async Task RunsAreNotArchivedAfterTheyWouldBeErasedNorOfADatabase()
    {
        var late = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Retention:Runs:Days"] = "30", ["Retention:Runs:ArchiveAfterDays"] = "30",
        }));
        Assert.Contains("Retention:Runs:ArchiveAfterDays is 30", late.Message, StringComparison.Ordinal);
        var server = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings:runs"] = "Host=127.0.0.1;Port=1;Database=runs;Username=nobody", ["Audit:Key"] = Convert.ToBase64String(new byte[32]),
            ["Retention:Runs:ArchiveAfterDays"] = "30", ["Backup:Folder"] = Path.GetTempPath(),
        }));
        Assert.Contains("Retention:Runs:ArchiveAfterDays", server.Message, StringComparison.Ordinal);
        Assert.Contains("pg_dump", server.Message, StringComparison.Ordinal);
    }
}
