using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>What every run is stored with.</summary>
public sealed class LineageTests(SharedApi shared)
{
    [Fact]
    public async Task ARunIsStoredWithWhatItWasDecidedBy()
    {
        var run = await shared.App.DecideAsync(
            JsonNode.Parse(
                """
                {"prompt":"What is 17 * 23?","answer":{"kind":"number","tolerance":0.5},"seed":7,"temperature":0,"quorum":0.6,"include":["provenance"]}
                """)!,
            "/v1/consensus");
        var provenance = await shared.App.ProvenanceAsync(run.RunId);
        var lineage = provenance.Lineage!;
        var parameters = lineage.Parameters;

        Assert.Equal(Json(run.Provenance!), Json(lineage));
        Assert.Equal(
            (7L, 0d, 0.6, AnswerKindName.Number, 0.5, "lexical"),
            (parameters.Seed!.Value, parameters.Temperature!.Value, parameters.Quorum!.Value, parameters.AnswerKind, parameters.Tolerance, parameters.Similarity));
        Assert.Equal(provenance.Candidates.Select(candidate => candidate.Model).Distinct(), lineage.Models.Select(model => model.Id));
        Assert.All(lineage.Models, model => Assert.True(model is { ProviderKind: "simulator", Provider: not null, Roles: ["panel"], ProviderModels.Count: 1 }));
        Assert.Matches("^[0-9a-f]{32}$", lineage.TraceId);
        Assert.StartsWith(typeof(ApiHost).Assembly.GetName().Version!.ToString(3), lineage.Versions.Code, StringComparison.Ordinal);
        Assert.NotNull(lineage.Versions.Policy);
        Assert.True(provenance.RequestMatches);
    }

    [Fact]
    public async Task EqualRequestsHaveEqualHashesWhateverTheyAreLabelledAndOthersDoNot()
    {
        var first = await HashAsync(Answers.Aggregate("42", "42"));
        Assert.Equal(first, await HashAsync(Answers.Aggregate("42", "42")));
        var labelled = Answers.Aggregate("42", "42");
        labelled["tags"] = new JsonArray("a");
        labelled["metadata"] = new JsonObject { ["a"] = "b" };
        Assert.Equal(first, await HashAsync(labelled));
        Assert.NotEqual(first, await HashAsync(Answers.Aggregate("42", "41")));
        var asked = Answers.Aggregate("42", "42");
        asked["quorum"] = 0.6;
        Assert.NotEqual(first, await HashAsync(asked));
    }

    [Fact]
    public async Task AChangedOrRedactedRequestDoesNotMatchItsHash()
    {
        var request = Answers.Aggregate("42", "42");
        request["prompt"] = "How many?";
        var run = await shared.App.DecideAsync(request);
        Assert.True((await shared.App.ProvenanceAsync(run.RunId)).RequestMatches);
        await shared.App.EditAsync(run.RunId, "prompt = 'How much?'", "runs");
        Assert.False((await shared.App.ProvenanceAsync(run.RunId)).RequestMatches);

        request["prompt"] = "Who is ann@example.org?";
        var redacted = await shared.App.DecideAsync(request);
        Assert.False((await shared.App.ProvenanceAsync(redacted.RunId)).RequestMatches);
    }

    [Fact]
    public async Task ARunOfAnEarlierVersionHasNoLineage()
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        await shared.App.EditAsync(run.RunId, "provenance = NULL", "runs");
        var provenance = await shared.App.ProvenanceAsync(run.RunId);
        Assert.Null(provenance.Lineage);
        Assert.Null(provenance.RequestMatches);
        Assert.NotNull(provenance.Attribution);
        var replay = await shared.App.ReplayAsync(run.RunId);
        Assert.True(replay.IsSame);
        Assert.All(replay.Versions, version => Assert.Null(version.IsSame));
    }

    private async Task<string> HashAsync(JsonNode request) =>
        (await shared.App.ProvenanceAsync((await shared.App.DecideAsync(request)).RunId)).Lineage!.Request!.Value;

    private static string Json(RunLineage lineage) => System.Text.Json.JsonSerializer.Serialize(lineage, ConsensusJson.Default.RunLineage);
}
