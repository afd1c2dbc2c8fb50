using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Steps;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>Runs of strategies that asked models more than once, decided again by what their steps came to.</summary>
public sealed class StepReplayTests(ContestedApi contested) : IClassFixture<ContestedApi>
{
    [Theory]
    [InlineData("ranked", "rank", "rank@1")]
    [InlineData("judge", "judge", "pointwise@1")]
    [InlineData("synthesis", "synthesis", "synthesis@1")]
    [InlineData("debate", "debate", "debate@1")]
    [InlineData("cascade", "tier", null)]
    public async Task WhatStepsCameToStands(string strategy, string step, string? prompt)
    {
        contested.Fault = null;
        for (var i = 0; i < 3; i++)
        {
            var run = await contested.App.DecideAsync(Request(strategy), "/v1/consensus");
            var report = await contested.App.ReplayAsync(run.RunId);
            Assert.True(report.IsSame, string.Join("; ", report.Differences));

            var lineage = (await contested.App.ProvenanceAsync(run.RunId)).Lineage!;
            Assert.Equal(prompt is not null, lineage.Prompts.Contains(prompt));
            Assert.Equal(run.Steps!.Any(told => told.Name == step && told.Calls.Count > 0), lineage.Models.Any(model => model.Roles.Contains(step)));
            Assert.Equal(strategy == "judge", lineage.Rubric is not null);
        }
    }

    [Fact]
    public async Task AStepThatFailedLeavesTheVoteAgain()
    {
        contested.Fault = "refusal";
        var run = await contested.App.DecideAsync(Request("debate"), "/v1/consensus");
        contested.Fault = null;
        Assert.Equal(StepStatus.FellBack, run.Steps![^1].Status);
        Assert.True((await contested.App.ReplayAsync(run.RunId)).IsSame);
    }

    [Fact]
    public async Task OtherStrategiesThatVoteMayBeAskedForButNoOtherQuorumOfTheStep()
    {
        contested.Fault = null;
        var run = await contested.App.DecideAsync(Request("synthesis"), "/v1/consensus");
        Assert.Equal("medoid", (await contested.App.ReplayAsync(run.RunId, """{"strategy":"medoid","quorum":0.1}""")).Strategy);
        using var response = await contested.App.PostAsync($"/v1/runs/{run.RunId}/replay", """{"quorum":0.1}""");
        Assert.Equal(["quorum contradiction"], await response.ViolationsAsync());
    }

    private JsonObject Request(string strategy) => new()
    {
        ["prompt"] = ContestedApi.Prompt, ["answer"] = new JsonObject { ["kind"] = "number" }, ["strategy"] = strategy, ["seed"] = contested.Seed,
    };
}
