using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.LongTerm.Importing;
using Consensus.Storage.Tests.Making;

namespace Consensus.Storage.Tests.LongTerm;

public class ScheduledExportTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();
    private readonly List<Guid> _ended = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Exports => Path.Combine(_log.Folder, "exports");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _log.DisposeAsync();
    }

    [Fact]
    public async Task EachExportHasTheRunsThatEndedSinceTheOneBeforeInTheOrderOfTheirEnd()
    {
        Assert.Null(await ExportAsync(1_000));
        await EndAsync(250);
        // Begun first, and ended last.
        var late = Make.Run(createdAt: Make.Noon.AddDays(-1)) with { FinishedAt = Make.Noon.AddMinutes(400) };
        await _log.SaveAsync(late);
        await _log.SaveAsync(Make.Run(RunStatus.Running, createdAt: Make.Noon));

        var first = await ExportAsync(100);
        var second = await ExportAsync(1_000);

        Assert.Equal((100L, 151L), (first!.Rows["runs"], second!.Rows["runs"]));
        Assert.Null(await ExportAsync(1_000));
        Assert.Equal([.. _ended, late.RunId], Exported());
        Assert.Equal(new EndedRuns(1, null, null, Make.Noon.AddMinutes(99), _ended[99]), first.Ended);
        Assert.Equal(new EndedRuns(2, Make.Noon.AddMinutes(99), _ended[99], Make.Noon.AddMinutes(400), late.RunId), second.Ended);
        Assert.Equal((Make.Noon.AddDays(-1), second.ExportId), (second.FirstCreatedAt, (await _log.Log.FindScheduledExportAsync(Token))!.ExportId));
    }

    [Theory]
    [InlineData(ExportStep.Written)]
    [InlineData(ExportStep.Remembered)]
    internal async Task AnAttemptThatEndsAnywhereLeavesNoRunOutAndDoublesNone(ExportStep where)
    {
        await EndAsync(30);
        await ExportAsync(10);
        await Assert.ThrowsAsync<OperationCanceledException>(() => _log.Log.ExportEndedAsync(
            Order(20),
            reached =>
            {
                if (reached == where)
                {
                    throw new OperationCanceledException("It ends here.");
                }
            },
            Token));

        await _log.ReopenAsync();
        await ExportAsync(30);

        Assert.Equal(_ended, Exported());
        Assert.DoesNotContain(Directory.GetDirectories(Exports), static folder => folder.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExportsThatWereTakenAwayDoNotComeBack()
    {
        await EndAsync(20);
        await ExportAsync(10);
        Directory.Delete(Exports, recursive: true);

        await ExportAsync(20);

        Assert.Equal(_ended[10..], Exported());
    }

    [Fact]
    public async Task RunsThatMovedIntoTheArchiveMeanwhileAreExportedToo()
    {
        await EndAsync(40);
        await ExportAsync(10);
        if (_log.Database is null)
        {
            // A log on a server has no archive.
            Assert.NotEqual(0, await _log.Log.ArchiveAsync(Make.Noon.AddMinutes(25), dryRun: false, told: null, Token));
        }

        await ExportAsync(40);

        Assert.Equal(_ended, Exported());
    }

    [Fact]
    public async Task OnlySoManyStayAndTheNumbersGoOn()
    {
        await EndAsync(30);
        foreach (var minutes in (int[])[10, 20, 30])
        {
            await _log.Log.ExportEndedAsync(Order(minutes) with { Keep = 2 }, Token);
        }

        Assert.Equal(_ended[10..], Exported());
        Assert.Equal([2L, 3L], Manifests().Select(static manifest => manifest.Ended!.Sequence));
    }

    [Fact]
    public async Task ItIsImportedAsAnyOtherAndTheTrailHasIt()
    {
        await EndAsync(12);
        var manifest = await ExportAsync(12);
        await using var other = new TemporaryLog();

        var receipt = await other.Log.ImportAsync(Directory.GetDirectories(Exports).Single(), dryRun: false, told: null, Token);

        Assert.Equal((12L, 0L), (receipt.Imported, receipt.Refusals));
        var entries = await _log.Log.ListAuditAsync(new AuditFilter { SubjectKind = "export_schedule" }, Token);
        Assert.Equal(manifest!.RecordsSha256, entries.Items.Single().Detail.GetProperty("recordsSha256").GetString());
        if (_log.Database is null)
        {
            await _log.CloseAsync();
            Assert.True(AuditVerification.Verify(Path.GetDirectoryName(_log.File)!, new AuditOptions(), heads: null, Token).Sound);
        }
    }

    [Fact]
    public async Task WhatAnotherProcessExportedMeanwhileIsNotExportedAgain()
    {
        await EndAsync(10);
        var isFirst = true;

        var fault = await Assert.ThrowsAsync<IOException>(() => _log.Log.ExportEndedAsync(
            Order(10) with { Folder = Path.Combine(_log.Folder, "mine") },
            _ =>
            {
                Assert.True(isFirst);
                isFirst = false;
                _log.Log.ExportEndedAsync(Order(10), CancellationToken.None).GetAwaiter().GetResult();
            },
            Token));

        Assert.Contains("Another process", fault.Message, StringComparison.Ordinal);
        Assert.Equal(_ended, Exported());
        Assert.Empty(Directory.GetDirectories(Path.Combine(_log.Folder, "mine")));
    }

    private async Task EndAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var at = Make.Noon.AddMinutes(i);
            var run = Make.Run(createdAt: at) with { RunId = Guid.CreateVersion7(at), FinishedAt = at };
            await _log.SaveAsync(run);
            _ended.Add(run.RunId);
        }
    }

    private ScheduledExportOrder Order(int minutes) => new(Exports, ExportFormat.NdjsonZst, Level: 1, Make.Noon.AddMinutes(minutes), Keep: null);

    private Task<ExportManifest?> ExportAsync(int minutes) => _log.Log.ExportEndedAsync(Order(minutes), Token);

    private IEnumerable<string> Folders() => Directory.GetDirectories(Exports).Order(StringComparer.Ordinal);

    private IEnumerable<ExportManifest> Manifests() => Folders().Select(static folder => ExportFolder.Open(folder).Manifest);

    /// <summary>The runs of all exports, in the order in which they left.</summary>
    private List<Guid> Exported() => [.. Folders().SelectMany(static folder => ExportFolder.Open(folder).Runs()).Select(static run => run.RunId)];
}
