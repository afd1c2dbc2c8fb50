using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>The run because of which another was asked.</summary>
public sealed class ParentRunTests(SharedApi shared)
{
    [Theory]
    [InlineData("/v1/consensus", """{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"include":["provenance"]}""")]
    [InlineData("/v1/consensus/aggregate", """{"answers":[{"model":"a","text":"42"},{"model":"b","text":"42"}],"include":["provenance"]}""")]
    public async Task AParentIsKeptInTheLineageAndChangesNoHash(string path, string body)
    {
        var first = await shared.App.DecideAsync(JsonNode.Parse(body)!, path);
        Assert.Null(first.Provenance!.ParentRunId);
        var second = await shared.App.DecideAsync(Follow(body, first.RunId.ToString().ToUpperInvariant()), path);

        Assert.Equal(first.RunId, second.Provenance!.ParentRunId);
        var stored = await shared.App.ProvenanceAsync(second.RunId);
        Assert.Equal((first.RunId, true), (stored.Lineage!.ParentRunId!.Value, stored.RequestMatches!.Value));
        Assert.Equal(1, stored.Lineage.SchemaVersion);
        Assert.Equal(first.Provenance.Request, stored.Lineage.Request);
    }

    [Fact]
    public async Task InAGraphTheRunWasInformedByItsParentUnderTheNameThatThisHasInItsOwn()
    {
        var parent = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        var child = await shared.App.DecideAsync(Follow(Answers.SmallAggregate, $"{parent.RunId}"));

        Assert.False((await shared.App.ProvAsync(parent.RunId))["prefix"]!.AsObject().ContainsKey("parent"));
        var document = await shared.App.ProvAsync(child.RunId);
        ProvChecker.Check(document);
        Assert.Equal($"urn:uuid:{parent.RunId}#", (string)document["prefix"]!["parent"]!);
        Assert.Contains(
            document["wasInformedBy"]!.AsObject(),
            relation => (string?)relation.Value!["prov:informed"] == "run:run" && (string?)relation.Value["prov:informant"] == "parent:run");
    }

    [Fact]
    public async Task AParentThatIsErasedStaysAsAnId()
    {
        var parent = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        var child = await shared.App.DecideAsync(Follow(Answers.SmallAggregate, $"{parent.RunId}"));
        using var erased = await shared.App.Http.DeleteAsync($"/v1/runs/{parent.RunId}");
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        Assert.Equal(parent.RunId, (await shared.App.ProvenanceAsync(child.RunId)).Lineage!.ParentRunId);
        ProvChecker.Check(await shared.App.ProvAsync(child.RunId));
        using var again = await shared.App.PostAsync("/v1/consensus/aggregate", Follow(Answers.SmallAggregate, $"{parent.RunId}"));
        Assert.Equal(["parentRunId unknown_run"], await again.ViolationsAsync());
    }

    [Fact]
    public async Task AParentThatThereIsNotIsToldBesideWhatElseIsWrong()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", $$"""{"prompt":"x","quorum":2,"parentRunId":"{{Guid.CreateVersion7()}}"}""");
        Assert.Equal(["parentRunId unknown_run", "quorum out_of_range"], (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AKeyRefersToItsOwnRunsAloneAndIsNotToldOfOthers()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var bob = app.Client(KeyedApi.Key("bob"));
        using var root = app.Client(KeyedApi.Key("root"));
        using var answered = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, alice);
        var parent = (await answered.RunAsync()).RunId;

        Assert.Equal(await RefusalAsync(app, bob, Guid.CreateVersion7()), await RefusalAsync(app, bob, parent));
        foreach (var client in (HttpClient[])[alice, root])
        {
            using var followed = await app.PostAsync("/v1/consensus/aggregate", Follow(Answers.SmallAggregate, $"{parent}"), client);
            Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
        }
    }

    [Fact]
    public async Task WithoutARunLogThereIsNothingToReferTo()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        using var response = await app.PostAsync("/v1/consensus/aggregate", Follow(Answers.SmallAggregate, $"{Guid.CreateVersion7()}"));
        var error = Assert.Single((await response.ProblemAsync(ErrorCatalog.ValidationFailed)).Errors!);
        Assert.Equal(("parentRunId", "unknown_run"), (error.Field, error.Code));
        Assert.Contains("`RunLog:Enabled` is false", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameKeyWithAnotherParentIsAnotherRequestAndWithAnErasedOneNone()
    {
        var first = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        var second = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        var key = Guid.NewGuid().ToString();
        var begun = await SendAsync(key, first);
        Assert.Equal((await begun.RunAsync()).RunId, (await (await SendAsync(key, first)).RunAsync()).RunId);
        await (await SendAsync(key, second)).ProblemAsync(ErrorCatalog.IdempotencyKeyReused);
        using var erased = await shared.App.Http.DeleteAsync($"/v1/runs/{first.RunId}");
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Equal(["parentRunId unknown_run"], await (await SendAsync(key, first)).ViolationsAsync());
    }

    private static JsonNode Follow(string body, string parent)
    {
        var request = JsonNode.Parse(body)!;
        request["parentRunId"] = parent;
        return request;
    }

    private static async Task<string> RefusalAsync(ApiApp app, HttpClient client, Guid parent)
    {
        using var response = await app.PostAsync("/v1/consensus/aggregate", Follow(Answers.SmallAggregate, $"{parent}"), client);
        var problem = await response.ProblemAsync(ErrorCatalog.ValidationFailed);
        var error = Assert.Single(problem.Errors!);
        Assert.Equal(("parentRunId", "unknown_run"), (error.Field, error.Code));
        return $"{problem.Detail} {error.Message} {error.Allowed}".Replace($"{parent}", "", StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string key, ConsensusResponse parent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus/aggregate");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Content = new StringContent(Follow(Answers.SmallAggregate, $"{parent.RunId}").ToJsonString(), Encoding.UTF8, "application/json");
        return await shared.App.Http.SendAsync(request);
    }
}
