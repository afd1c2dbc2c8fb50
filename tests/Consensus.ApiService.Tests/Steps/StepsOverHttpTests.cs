using System.Text.Json;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Steps;

/// <summary>The real service asking simulated models over real connections.</summary>
public sealed class StepsOverHttpTests(SharedApi shared)
{
    [Fact]
    public async Task ACascadeStopsAfterItsFirstTierAndIsStoredAsItWasGiven()
    {
        using var response = await shared.App.PostAsync(
            "/v1/consensus", """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"strategy":"cascade","cascade":{"agreement":0.6,"confidence":0.4}}""");
        var run = await response.RunAsync();

        Assert.Equal((Outcome.Consensus, 391), (run.Outcome, run.Answer!.Value!.Value.GetInt32()));
        Assert.True(run.Calls is { StoppedEarly: true, Panel: 5 });
        Assert.Equal(StepReason.Enough, run.Steps![^1].Reason);

        using var found = await shared.App.Http.GetAsync(run.Links["self"]);
        Assert.Equal(Json(run), Json(await found.RunAsync() with { Request = null }));
    }

    private static string Json(ConsensusResponse run) => JsonSerializer.Serialize(run, ConsensusJson.Default.ConsensusResponse);
}
