using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Cli.Tests.LongTerm;

public sealed class ArchiveBackupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-archive-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task OldRunsAreArchivedBackedUpAndRestoredWithTheTrailSound()
    {
        await using (var log = await RunLog.OpenAsync(
            Path.Combine(At("data"), RunLogRegistration.FileName), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken))
        {
            foreach (var days in (int[])[1, 40])
            {
                var at = DateTimeOffset.UtcNow.AddDays(-days);
                var run = new ConsensusResponse
                {
                    RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, FinishedAt = at, Request = new StoredRequest { Prompt = "x" },
                };
                await log.SaveAsync(new RunRecord(run, null, "here"), TestContext.Current.CancellationToken);
            }
        }

        Assert.Contains("1 runs are due", await RunAsync(0, "archive", "--older-than-days", "30", "--dry-run", "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("1 runs moved; the archive has 1 runs", await RunAsync(0, "archive", "--older-than-days", "30", "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("take", await RunAsync(1, "archive", "--older-than-days", "1", "--storage", At("data")), StringComparison.Ordinal);

        Assert.DoesNotContain("audit trail", await RunAsync(0, "backup", "--to", At("backup"), "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("is a backup", await RunAsync(1, "export", "--to", At("export"), "--storage", At("backup")), StringComparison.Ordinal);
        Assert.Contains("--force", await RunAsync(1, "restore", At("backup"), "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("files", await RunAsync(0, "restore", At("backup"), "--storage", At("data"), "--force"), StringComparison.Ordinal);
        Assert.Contains("runs", await RunAsync(0, "export", "--to", At("export"), "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("2 runs compared", await RunAsync(0, "verify-audit", "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("no backup", await RunAsync(1, "restore", At("data"), "--storage", At("other")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatABackupLeavesOutIsSaid()
    {
        using (var evidence = EvidenceStore.OfFile(Path.Combine(At("data"), EvidenceStoreRegistration.FileName), TimeProvider.System, NullLogger.Instance))
        {
            await evidence.OpenAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("there is no run log at", await RunAsync(0, "backup", "--to", At("backup"), "--storage", At("data")), StringComparison.Ordinal);
        Assert.Contains("no evidence store beside it", await RunAsync(1, "backup", "--to", At("none"), "--storage", At("other")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("none")));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>What a command said, on either stream.</summary>
    private static async Task<string> RunAsync(int exitCode, params string[] args)
    {
        var terminal = new CapturedTerminal();
        var code = await terminal.RunAsync(args);
        Assert.True(code == exitCode, terminal.Error);
        return terminal.Out + terminal.Error;
    }
}
