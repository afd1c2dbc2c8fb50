using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.Storage.Tests.Runs;

public class LifeOfARunTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Restart = Make.Noon.AddHours(1);

    private readonly TemporaryLog _log = new(time: new FakeTimeProvider(Restart));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task ARunningRunIsReplacedByItsFinish()
    {
        var id = Guid.CreateVersion7();
        await _log.SaveAsync(Make.Run(RunStatus.Accepted, id));
        await _log.SaveAsync(Make.Run(RunStatus.Running, id));
        await _log.SaveAsync(Make.Run(RunStatus.Completed, id));

        Assert.Equal(RunStatus.Completed, (await _log.FindAsync(id))!.Status);
        Assert.Single((await _log.ListAsync()).Items);
    }

    [Theory]
    [InlineData(RunStatus.Completed, RunStatus.Running)]
    [InlineData(RunStatus.Completed, RunStatus.Accepted)]
    [InlineData(RunStatus.Completed, RunStatus.Cancelled)]
    [InlineData(RunStatus.Completed, RunStatus.Failed)]
    [InlineData(RunStatus.Cancelled, RunStatus.Completed)]
    [InlineData(RunStatus.Failed, RunStatus.Running)]
    [InlineData(RunStatus.Running, RunStatus.Accepted)]
    public async Task ALateWriteNeverTurnsARunBack(RunStatus stored, RunStatus late)
    {
        var run = Make.Run(stored);
        await _log.SaveAsync(run);

        await _log.SaveAsync(Make.Run(late, run.RunId) with { Strategy = "late" });

        Assert.Equal(Make.Json(run), Make.Json(await _log.FindAsync(run.RunId)));
    }

    [Fact]
    public async Task TheSameFinishMayBeToldAgain()
    {
        var run = Make.Run();
        await _log.SaveAsync(run);
        await _log.SaveAsync(run with { Degraded = true });

        Assert.True((await _log.FindAsync(run.RunId))!.Degraded);
    }

    [Fact]
    public async Task OnlyUnfinishedRunsOfTheInstanceAreMarkedInterrupted()
    {
        var accepted = Make.Run(RunStatus.Accepted);
        var running = Make.Run(RunStatus.Running);
        var completed = Make.Run();
        var foreign = Make.Run(RunStatus.Running);
        await Task.WhenAll(_log.SaveAsync(accepted), _log.SaveAsync(running), _log.SaveAsync(completed), _log.SaveAsync(foreign, instance: "elsewhere"));

        var count = await _log.Log.MarkInterruptedAsync(TemporaryLog.Instance, TestContext.Current.CancellationToken);

        Assert.Equal(2, count);
        foreach (var left in new[] { accepted, running })
        {
            var expected = left with { Status = RunStatus.Failed, StatusReason = "interrupted", FinishedAt = Restart };
            Assert.Equal(Make.Json(expected), Make.Json(await _log.FindAsync(left.RunId)));
        }

        Assert.Equal(Make.Json(completed), Make.Json(await _log.FindAsync(completed.RunId)));
        Assert.Equal(Make.Json(foreign), Make.Json(await _log.FindAsync(foreign.RunId)));
        Assert.Equal(0, await _log.Log.MarkInterruptedAsync(TemporaryLog.Instance, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnInterruptedRunTakesItsRealFinishButNoEarlierState()
    {
        var run = Make.Run(RunStatus.Running);
        await _log.SaveAsync(run);
        await _log.Log.MarkInterruptedAsync(TemporaryLog.Instance, TestContext.Current.CancellationToken);

        await _log.SaveAsync(run);
        Assert.Equal(RunStatus.Failed, (await _log.FindAsync(run.RunId))!.Status);

        await _log.SaveAsync(Make.Run(RunStatus.Completed, run.RunId));
        Assert.Equal(RunStatus.Completed, (await _log.FindAsync(run.RunId))!.Status);
    }

    [Fact]
    public async Task AnErasedRunLeavesNoRowAndNoByte()
    {
        const string Secret = "the-erased-question";
        var run = Shape.Run(new RandomFiller(3)) with { RunId = Guid.CreateVersion7(), Status = RunStatus.Completed, Candidates = [Candidate(Secret)], Request = Request(Secret) };
        var other = Make.Run() with { Request = Request("the-kept-question") };
        await _log.SaveAsync(run, keyId: "alice");
        await _log.SaveAsync(other);
        Assert.True(_log.Holds(Secret));

        Assert.Equal(Erasure.NotAllowed, await DeleteAsync(run.RunId, "bob"));
        Assert.NotNull(await _log.FindAsync(run.RunId));
        Assert.Equal(Erasure.Erased, await DeleteAsync(run.RunId, "alice"));

        Assert.Equal(Erasure.NotFound, await DeleteAsync(run.RunId, "alice"));
        Assert.Null(await _log.FindAsync(run.RunId));
        Assert.NotNull(await _log.FindAsync(other.RunId));
        Assert.False(_log.Holds(Secret));
        Assert.True(_log.Holds("the-kept-question"));
        using var connection = _log.Connect();
        foreach (var table in new[] { "candidates", "clusters", "run_models", "run_tags" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table} WHERE run_seq NOT IN (SELECT seq FROM runs)";
            Assert.Equal(0L, command.ExecuteScalar());
        }
    }

    [Theory]
    [InlineData(RunStatus.Accepted)]
    [InlineData(RunStatus.Running)]
    public async Task ARunInProgressIsNotErasedAndNobodyElseIsToldThatItIs(RunStatus status)
    {
        var run = Make.Run(status);
        await _log.SaveAsync(run, keyId: "alice");

        Assert.Equal(Erasure.NotAllowed, await DeleteAsync(run.RunId, "bob"));
        Assert.Equal(Erasure.NotAllowed, await DeleteAsync(run.RunId, null));
        Assert.Equal(Erasure.InProgress, await DeleteAsync(run.RunId, "alice"));
        Assert.NotNull(await _log.FindAsync(run.RunId));

        await _log.SaveAsync(Make.Run(RunStatus.Completed, run.RunId), keyId: "alice");
        Assert.Equal(Erasure.Erased, await DeleteAsync(run.RunId, "alice"));
    }

    private Task<Erasure> DeleteAsync(Guid runId, string? keyId) =>
        _log.Log.DeleteAsync(runId, key => key == keyId, by: null, TestContext.Current.CancellationToken);

    private static StoredRequest Request(string secret) => new()
    {
        Prompt = string.Concat(Enumerable.Repeat(secret + " ", 1000)), // long enough for pages of its own
        Tags = [secret],
        Models = [secret],
        Metadata = new Dictionary<string, string> { [secret] = secret },
    };

    private static CandidateBody Candidate(string secret) => new() { Id = 0, Model = "sim/ada", Status = CandidateStatus.Answered, Text = secret };
}
