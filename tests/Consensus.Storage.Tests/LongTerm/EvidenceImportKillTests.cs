using System.Diagnostics;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.LongTerm.Exporting;
using Consensus.Storage.Tests.Evidence;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Runs;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>A process that imports evidence is killed between two transactions and in the middle of one, and the import is asked for again.</summary>
public sealed class EvidenceImportKillTests : IAsyncLifetime
{
    private readonly TemporaryLog _log = new();
    private readonly TemporaryLog _other = new();
    private readonly TemporaryEvidence _evidence = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_log.Folder, "export");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _evidence.Dispose();
        await _log.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnImportThatIsKilledIsRepeatedAndThenWhole(bool isOnServer)
    {
        using var there = new TemporaryEvidence(isOnServer: isOnServer);
        await EvidenceFill.Async(_log, _evidence);
        var order = new ExportOrder(Folder, ExportFormat.NdjsonZst, From: null, To: null);
        var manifest = await _log.Log.ExportWithEvidenceAsync(order, _evidence.Store, told: null, Token);
        await _other.CloseAsync();
        there.Store.Dispose();
        for (var steps = 1; steps <= 4; steps++)
        {
            await KilledAsync(there, steps, isInTheMiddle: steps % 2 == 0);
        }

        await _other.ReopenAsync();
        var receipt = await _other.Log.ImportWithEvidenceAsync(Folder, _ => there.Open(), dryRun: false, told: null, Token);

        there.Reopen();
        Assert.Equal((10L, 0L), (receipt.Skipped, receipt.Imported));
        Assert.Empty(receipt.Evidence!.Refused);
        Assert.Equal((2L, 25L), (receipt.Evidence.Collections.Skipped + receipt.Evidence.Collections.Imported, receipt.Evidence.Documents.Read));
        Assert.InRange(receipt.Evidence.Documents.Skipped, 5, 25);
        Assert.Equal(manifest.Evidence!.Sha256, (await EvidenceCopy.DigestAsync(there.Store, Token)).Hash);
        Assert.Equal(_evidence.Store.Holding, there.Store.Holding);
    }

    /// <summary>Lets the import do so many transactions of evidence, and kills it before the next one, or while that one goes on.</summary>
    private async Task KilledAsync(TemporaryEvidence there, int steps, bool isInTheMiddle)
    {
        var info = KillTests.StartInfo(ImporterToKill.Command, ImporterToKill.Argument(Folder, _other.File, there.Database ?? there.File));
        info.RedirectStandardInput = true;
        using var importer = Process.Start(info)!;
        for (var step = 1; step <= steps; step++)
        {
            Assert.NotNull(await importer.StandardOutput.ReadLineAsync(Token));
            if (step < steps || isInTheMiddle)
            {
                await importer.StandardInput.WriteLineAsync();
                await importer.StandardInput.FlushAsync(Token);
            }
        }

        importer.Kill();
        await importer.WaitForExitAsync(Token);
        Assert.NotEqual(0, importer.ExitCode);
    }
}
