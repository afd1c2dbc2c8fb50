using System.Net;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>Both forms of provenance over HTTP, and who may read it.</summary>
public sealed class ProvenanceApiTests(SharedApi shared)
{
    private const string Prov = "application/provenance+json";

    [Theory]
    [InlineData(null, "", "application/json")]
    [InlineData("*/*", "", "application/json")]
    [InlineData(Prov, "", Prov)]
    [InlineData("application/json;q=0.5, application/provenance+json", "", Prov)]
    [InlineData("application/json, application/provenance+json;q=0.5", "", "application/json")]
    [InlineData(null, "?format=prov-json", Prov)]
    [InlineData("application/json", "?format=prov-json", Prov)]
    [InlineData(Prov, "?format=json", "application/json")]
    public async Task TheFormIsTheOneAskedFor(string? accept, string query, string form)
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        using var response = await GetAsync($"/v1/runs/{run.RunId}/provenance{query}", accept);
        Assert.Equal((HttpStatusCode.OK, form), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task WhatCannotBeServedIsRefused()
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        var path = $"/v1/runs/{run.RunId}/provenance";
        await (await GetAsync(path, "text/html")).ProblemAsync(ErrorCatalog.NotAcceptable);
        Assert.Equal(["format invalid_value"], await (await GetAsync(path + "?format=xml", null)).ViolationsAsync());
        Assert.Equal(["form unknown_member"], await (await GetAsync(path + "?form=json", null)).ViolationsAsync());
        await (await GetAsync($"/v1/runs/{Guid.CreateVersion7()}/provenance", null)).ProblemAsync(ErrorCatalog.RunNotFound);
        await (await GetAsync("/v1/runs/x/provenance", Prov)).ProblemAsync(ErrorCatalog.RunNotFound);
    }

    [Fact]
    public async Task ARunOfModelsIsAGraphOfItsRequestCallsCandidatesAndAnswer()
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"}}""")!, "/v1/consensus");
        var document = await shared.App.ProvAsync(run.RunId);
        ProvChecker.Check(document);
        var asked = run.Candidates!.Count;
        Assert.Equal(asked + 2, document["activity"]!.AsObject().Count);
        Assert.Equal(asked + 1, document["agent"]!.AsObject().Count);
        Assert.Equal(
            run.Clusters[0].Candidates.Select(id => $"run:candidate-{id}"),
            document["wasDerivedFrom"]!.AsObject().Select(relation => (string)relation.Value!["prov:usedEntity"]!));
        Assert.Equal($"urn:uuid:{run.RunId}#", (string)document["prefix"]!["run"]!);
        var client = await new ConsensusClient(shared.App.Http).GetProvAsync(run.RunId, TestContext.Current.CancellationToken);
        Assert.Equal(document.ToJsonString(), JsonNode.Parse(client.GetRawText())!.ToJsonString());
    }

    [Fact]
    public async Task FailedCallsGaveNothing()
    {
        var run = await shared.App.DecideAsync(
            JsonNode.Parse("""{"answers":[{"model":"a","text":"42"},{"model":"b","error":"timeout"},{"model":"c","text":"42"}]}""")!);
        var document = await shared.App.ProvAsync(run.RunId);
        ProvChecker.Check(document);
        Assert.Equal(
            ["run:answer", "run:candidate-0", "run:candidate-2", "run:request"],
            document["entity"]!.AsObject().Select(entity => entity.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AKeySeesAndReplaysItsOwnRunsAndAnAdministratorAll()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var bob = app.Client(KeyedApi.Key("bob"));
        using var root = app.Client(KeyedApi.Key("root"));
        using var answered = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, alice);
        var path = $"/v1/runs/{(await answered.RunAsync()).RunId}";
        await (await bob.GetAsync(path + "/provenance")).ProblemAsync(ErrorCatalog.RunNotFound);
        await (await bob.PostAsync(path + "/replay", null)).ProblemAsync(ErrorCatalog.RunNotFound);
        foreach (var client in (HttpClient[])[alice, root])
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path + "/provenance")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(path + "/replay", null)).StatusCode);
        }
    }

    [Fact]
    public async Task WithoutARunLogThereIsNothingToTellAndNothingToReplay()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        var request = JsonNode.Parse(Answers.SmallAggregate)!;
        request["include"] = new JsonArray("provenance");
        Assert.Null((await app.DecideAsync(request)).Provenance!.Request);
        await (await app.Http.GetAsync($"/v1/runs/{Guid.CreateVersion7()}/provenance")).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await (await app.PostAsync($"/v1/runs/{Guid.CreateVersion7()}/replay", "{}")).ProblemAsync(ErrorCatalog.RunLogDisabled);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await shared.App.Http.SendAsync(request);
    }
}
