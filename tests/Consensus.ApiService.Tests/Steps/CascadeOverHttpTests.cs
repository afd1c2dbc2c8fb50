using System.Net;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>A cascade whose first models fail, over real connections to simulated ones. Its tiers are two, two and one of five.</summary>
public sealed class CascadeOverHttpTests(ContestedApi contested) : IClassFixture<ContestedApi>
{
    private static readonly string[] FirstTier = ["ada", "boole"];
    private static readonly string[] Everybody = ["ada", "boole", "curie", "darwin", "euler"];

    [Theory]
    [InlineData("refusal", FailureReason.Refused)]
    [InlineData("malformed", FailureReason.Malformed)]
    [InlineData("rate_limit;retry-after=0", FailureReason.RateLimited)]
    [InlineData("server_error", FailureReason.Unavailable)]
    [InlineData("empty", FailureReason.Empty)]
    [InlineData("truncate", FailureReason.Malformed)]
    public async Task ATierThatFailsIsFollowedByTheNext(string fault, FailureReason reason)
    {
        (contested.Fault, contested.FaultyModels) = (fault, FirstTier);
        var run = await RunAsync(Request());

        Assert.Equal((RunStatus.Completed, true), (run.Status, run.Degraded));
        Assert.Equal([StepStatus.Completed, StepStatus.Completed], run.Steps!.Take(2).Select(step => step.Status));
        Assert.All(run.Candidates!.Take(2), candidate => Assert.Equal(reason, candidate.Error!.Reason));
        Assert.All(run.Candidates!.Skip(2), candidate => Assert.Null(candidate.Error));
    }

    [Fact]
    public async Task ATierThatHangsLeavesTimeForTheNext()
    {
        (contested.Fault, contested.FaultyModels) = ("timeout", FirstTier);
        var request = Request();
        request["deadlineMs"] = 3_000;
        var run = await RunAsync(request);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.All(run.Candidates!.Take(2), candidate => Assert.Equal(FailureReason.Timeout, candidate.Error!.Reason));
        Assert.All(run.Candidates!.Skip(2), candidate => Assert.Null(candidate.Error));
        Assert.True(run.Candidates!.Count > 2);
        Assert.True(run.Timings!.TotalMs >= 1_400);
    }

    [Fact]
    public async Task WhenEveryTierHangsTheRunFailsByItsDeadlineAndIsKept()
    {
        (contested.Fault, contested.FaultyModels) = ("timeout", Everybody);
        var request = Request();
        request["deadlineMs"] = 1_000;
        using var response = await contested.App.PostAsync("/v1/consensus", request);
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);

        using var found = await contested.App.Http.GetAsync(response.Headers.Location);
        var run = await found.RunAsync();
        Assert.Equal((RunStatus.Failed, "deadline_exceeded"), (run.Status, run.StatusReason));
    }

    [Fact]
    public async Task ACostCapHoldsOverAllTiers()
    {
        (contested.Fault, contested.FaultyModels) = (null, []);
        var request = Request();
        // One question at its worst, and a bit: of each tier of two, one is not asked.
        request["maxOutputTokens"] = 200;
        request["maxCostUsd"] = 0.25m * ContestedApi.UsdPerThousand;
        var run = await RunAsync(request);

        Assert.Contains(run.Candidates!, candidate => candidate.Error?.Reason == FailureReason.CostLimit);
        Assert.Contains(run.Candidates!, candidate => candidate.Text is not null);
        Assert.InRange(run.Usage!.CostUsd!.Value, 0.001m, 0.25m);
    }

    [Fact]
    public async Task TheStoredRequestHasWhatTheStepsWentBy()
    {
        (contested.Fault, contested.FaultyModels) = (null, []);
        var request = Request();
        request["cascade"] = new JsonObject { ["agreement"] = 0.9 };
        var cascade = (await LookUpAsync(request)).Cascade!;
        Assert.Equal([["sim/ada", "sim/boole"], ["sim/curie", "sim/darwin"], ["sim/euler"]], cascade.Tiers!);
        Assert.Equal((0.9, Contracts.Limits.CascadeConfidence), (cascade.Agreement, cascade.Confidence));

        request = Request();
        (request["strategy"], request["ranking"]) = ("ranked", "borda");
        var ranked = await LookUpAsync(request);
        Assert.Equal((RankingMethod.Borda, null), (ranked.Ranking, ranked.Cascade));
    }

    private async Task<StoredRequest> LookUpAsync(JsonObject request)
    {
        using var found = await contested.App.Http.GetAsync((await RunAsync(request)).Links["self"]);
        return (await found.RunAsync()).Request!;
    }

    private JsonObject Request() => new()
    {
        ["prompt"] = ContestedApi.Prompt, ["answer"] = new JsonObject { ["kind"] = "number" }, ["strategy"] = "cascade", ["seed"] = contested.Seed,
    };

    private async Task<ConsensusResponse> RunAsync(JsonObject request)
    {
        using var response = await contested.App.PostAsync("/v1/consensus", request);
        return await response.RunAsync();
    }
}
