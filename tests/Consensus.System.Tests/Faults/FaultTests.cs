using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.SystemTests.Running;

namespace Consensus.SystemTests.Faults;

/// <summary>Each fault that a provider can have, over real HTTP: the panel decides without the faulty model and says why.</summary>
[Collection(SharedSystemGroup.Name)]
public sealed class FaultTests(SharedSystem shared) : IAsyncLifetime
{
    private static readonly string[] Panel = ["sim/ada", "sim/boole", "sim/curie", "sim/darwin", "sim/euler"];

    private RunningSystem System => shared.System;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await System.ClearFaultsAsync();

    [Theory]
    [InlineData("timeout", FailureReason.Timeout)]
    [InlineData("rate_limit", FailureReason.RateLimited)]
    [InlineData("server_error", FailureReason.Unavailable)]
    [InlineData("malformed", FailureReason.Malformed)]
    [InlineData("empty", FailureReason.Empty)]
    [InlineData("refusal", FailureReason.Refused)]
    [InlineData("truncate", FailureReason.Malformed)]
    [InlineData("trickle", FailureReason.Timeout)]
    public async Task FaultOfOneModelIsAValueWithItsReason(string fault, FailureReason expected)
    {
        await System.FaultAsync("euler", new { fault, retryAfterSeconds = 30 });

        var run = await System.Client.AskAsync(new ConsensusRequest { Prompt = $"What is 17 * 23? ({fault})", Models = Panel, DeadlineMs = 5_000 });

        var faulty = run.Candidates!.Single(c => c.Model == "sim/euler");
        Assert.Equal((CandidateStatus.Failed, expected), (faulty.Status, faulty.Error!.Reason));
        Assert.Null(faulty.Cluster);
        Assert.True(run.Degraded);
        Assert.Equal(4, run.Candidates!.Count(c => c.Status == CandidateStatus.Answered));
        Assert.InRange(run.Agreement!.Value, 0, 0.8);
    }

    [Fact]
    public async Task PassingFaultIsRetried()
    {
        await System.FaultAsync("euler", new { fault = "server_error", times = 1 });

        var run = await System.Client.AskAsync(new ConsensusRequest { Prompt = "What is 3 * 4?", Models = ["sim/euler"] });

        var candidate = Assert.Single(run.Candidates!);
        Assert.Equal((CandidateStatus.Answered, 2), (candidate.Status, candidate.Attempts));
    }

    [Fact]
    public async Task PanelWithoutAnAnswerFailsWithEveryReason()
    {
        foreach (var model in Panel)
        {
            await System.FaultAsync(model["sim/".Length..], new { fault = "empty" });
        }

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() => System.Client.AskAsync(new ConsensusRequest { Prompt = "What is 1 + 1?", Models = Panel }));

        Assert.Equal((502, "panel_failed"), (failure.Problem.Status, failure.Code));
        Assert.Equal(5, failure.Problem.Candidates!.Count(c => c.Error!.Reason == FailureReason.Empty));
        var stored = await System.Client.GetRunAsync(failure.Problem.RunId!.Value);
        Assert.Equal((RunStatus.Failed, "panel_failed"), (stored.Status, stored.StatusReason));
    }

    [Fact]
    public async Task DeadlineDecidesWithWhatHasArrived()
    {
        await System.FaultAsync("curie", new { fault = "timeout" });
        await System.FaultAsync("darwin", new { fault = "timeout" });

        var run = await System.Client.AskAsync(new ConsensusRequest { Prompt = "What is 8 * 8?", Models = Panel, DeadlineMs = 3_000 });

        Assert.Equal("64", run.Clusters[0].Answer.Text);
        Assert.True(run.Degraded);
        Assert.Equal(2, run.Candidates!.Count(c => c.Error?.Reason == FailureReason.Timeout));
    }

    [Fact]
    public async Task DeadlineWithNothingIsItsOwnError()
    {
        await System.FaultAsync("ada", new { fault = "timeout" });

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(() =>
            System.Client.AskAsync(new ConsensusRequest { Prompt = "What is 8 + 8?", Models = ["sim/ada"], DeadlineMs = 1_000 }));

        Assert.Equal((504, "deadline_exceeded"), (failure.Problem.Status, failure.Code));
    }
}
