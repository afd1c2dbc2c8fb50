using System.Text.Json;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Moving;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Cli.Tests.Moving;

public sealed class MigrateTests : IDisposable
{
    private const string Variable = "TEST_RUNS";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-migrate-");
    private readonly string _database = TestPostgres.NewDatabase();

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ALogIsPlannedFilledMovedVerifiedAndRolledBack()
    {
        await StoreAsync(3);
        var plan = JsonSerializer.Deserialize(await RunAsync(0, "--dry-run", "--json", "-"), ConsensusJson.Default.MovePlan)!;
        Assert.Equal(("new", 3L, 0L), (plan.State, plan.Tables[0].Source, plan.Tables[0].Target));
        Assert.Contains("The log is at", await RunAsync(0, "--fill-only"), StringComparison.Ordinal);
        Assert.Contains("is being filled", await RunAsync(0, "--dry-run"), StringComparison.Ordinal);

        var collection = await CollectAsync();
        using (var held = EvidenceStore.OfFile(Path.Combine(Data, EvidenceStoreRegistration.FileName), TimeProvider.System, NullLogger.Instance))
        {
            await held.OpenAsync(TestContext.Current.CancellationToken);
            await RunAsync(1);
        }

        await StoreAsync(1);
        var said = await RunAsync(0);
        using (var moved = EvidenceStore.OfServer(_database, TimeProvider.System, NullLogger.Instance))
        {
            Assert.NotNull(await moved.FindCollectionAsync(collection, keyId: null, TestContext.Current.CancellationToken));
        }

        Assert.Contains("The log is at 127.0.0.1:", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await new CapturedTerminal(environment: Environment()).RunAsync("verify-audit", "--database", "env:" + Variable, "--key", Path.Combine(Data, "audit.key")));
        Assert.Contains("has moved from", await RunAsync(0, "--dry-run"), StringComparison.Ordinal);
        var receipt = JsonSerializer.Deserialize(await RunAsync(0, "--json", "-"), ConsensusJson.Default.MoveReceipt)!;
        Assert.Equal((true, 4L), (receipt.Switched, receipt.Tables[0].Rows));
        Assert.Contains("has moved to", (await Assert.ThrowsAsync<RunLogMovedException>(() => StoreAsync(1))).Message, StringComparison.Ordinal);

        Assert.Contains("taken away", await RunAsync(0, "--roll-back"), StringComparison.Ordinal);
        Assert.Contains("no migration", await RunAsync(0, "--roll-back"), StringComparison.Ordinal);
        using (var left = EvidenceStore.OfServer(_database, TimeProvider.System, NullLogger.Instance))
        {
            Assert.Null(await left.FindCollectionAsync(collection, keyId: null, TestContext.Current.CancellationToken));
        }

        await StoreAsync(1);
        Assert.Contains("The log is at 127.0.0.1:", await RunAsync(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvidenceThatIsNotAsItWasCopiedStaysWhenTheLogIsRolledBack()
    {
        await StoreAsync(1);
        var copied = await CollectAsync();
        await RunAsync(0);
        using (var there = EvidenceStore.OfServer(_database, TimeProvider.System, NullLogger.Instance))
        {
            await there.CreateCollectionAsync(new NewCollection { Name = "since" }, keyId: null, TestContext.Current.CancellationToken);
        }

        Assert.Contains("was changed since it was copied, and stays", await RunAsync(0, "--roll-back"), StringComparison.Ordinal);

        await RunAsync(0);
        Assert.DoesNotContain("evidence", await RunAsync(0, "--roll-back", "--log-only"), StringComparison.OrdinalIgnoreCase);
        using var left = EvidenceStore.OfServer(_database, TimeProvider.System, NullLogger.Instance);
        Assert.NotNull(await left.FindCollectionAsync(copied, keyId: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EvidenceWhoseCopyOrRemovalWasBrokenOffIsToldOfAndGoneOnWith()
    {
        await StoreAsync(1);
        var copied = await CollectAsync();
        await RunAsync(0);
        using (var move = StorageMove.Open(MovePlace.InFolder(Data), MovePlace.OnServer(_database), TimeProvider.System))
        {
            move.RollBack();
            move.NoteEvidence(new MovedEvidence(Sha256: "of what there was before a part of it went", IsLeaving: true));
        }

        Assert.Contains("taken away", await RunAsync(0, "--roll-back"), StringComparison.Ordinal);
        using var left = EvidenceStore.OfServer(_database, TimeProvider.System, NullLogger.Instance);
        Assert.Null(await left.FindCollectionAsync(copied, keyId: null, TestContext.Current.CancellationToken));

        await RunAsync(0, "--fill-only");
        using (var move = StorageMove.Open(MovePlace.InFolder(Data), MovePlace.OnServer(_database), TimeProvider.System))
        {
            move.NoteEvidence(new MovedEvidence(Sha256: null));
        }

        Assert.Contains("Not all of its evidence had been copied", await RunAsync(0, "--roll-back"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BarsAreShownWhereSomebodyWatches()
    {
        await StoreAsync(3);
        var terminal = new CapturedTerminal(watched: true, environment: Environment());

        Assert.Equal(0, await terminal.RunAsync("migrate", "--from", Data, "--to", "env:" + Variable));

        Assert.Contains("fill: runs", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("switch: audit_log", terminal.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no run log", "--from", "{none}", "--to", "env:TEST_RUNS")]
    [InlineData("--to names the variable 'NOT_THERE'", "--from", "{data}", "--to", "env:NOT_THERE")]
    [InlineData("Both places are the same", "--from", "{data}", "--to", "{data}")]
    [InlineData("consensus backup", "--from", "{data}", "--to", "{none}")]
    [InlineData("Give one of", "--from", "{data}", "--to", "env:TEST_RUNS", "--dry-run", "--roll-back")]
    [InlineData("cannot be opened", "--from", "{data}", "--to", "Host=127.0.0.1;Port=1;Database=none;Timeout=2")]
    [InlineData("There is no run log", "--from", "env:TEST_RUNS", "--to", "{none}")]
    public async Task WhatCannotBeDoneIsSaidInALine(string message, params string[] args)
    {
        await StoreAsync(1);
        var terminal = new CapturedTerminal(environment: Environment());

        Assert.Equal(1, await terminal.RunAsync(["migrate", .. args.Select(arg => arg.Replace("{data}", Data, StringComparison.Ordinal).Replace("{none}", Data + "-none", StringComparison.Ordinal))]));

        Assert.Contains(message, terminal.Error, StringComparison.Ordinal);
        Assert.Single(terminal.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal) { [Variable] = _database };

    private async Task<string> RunAsync(int exitCode, params string[] args)
    {
        var terminal = new CapturedTerminal(environment: Environment());
        var code = await terminal.RunAsync(["migrate", "--from", Data, "--to", "env:" + Variable, .. args]);
        Assert.True(code == exitCode, terminal.Error);
        return terminal.Out;
    }

    private async Task<Guid> CollectAsync()
    {
        using var store = EvidenceStore.OfFile(Path.Combine(Data, EvidenceStoreRegistration.FileName), TimeProvider.System, NullLogger.Instance);
        return (await store.CreateCollectionAsync(new NewCollection { Name = "notes" }, keyId: null, TestContext.Current.CancellationToken))!.Id;
    }

    private async Task StoreAsync(int runs)
    {
        await using var log = await RunLog.OpenAsync(
            Path.Combine(Data, RunLogRegistration.FileName), new RunLogOptions(), TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        for (var i = 0; i < runs; i++)
        {
            var at = DateTimeOffset.UtcNow;
            var run = new ConsensusResponse
            {
                RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, FinishedAt = at, Request = new StoredRequest { Prompt = "x" },
            };
            await log.SaveAsync(new RunRecord(run, null, "here"), TestContext.Current.CancellationToken);
        }
    }
}
