using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Tests.Benchmarks;

public sealed class BenchmarkTests
{
    private const string Path = "/v1/benchmarks";

    [Fact]
    public async Task WhatIsPublishedIsGivenBackWhole()
    {
        await using var app = await ApiApp.StartAsync();
        var client = new ConsensusClient(app.Http);
        var published = Assert.Single((await client.PublishBenchmarkAsync(Results.Of(), Token)).Benchmarks);
        Assert.True(published.Created);
        Assert.Equal(7, published.Id.Version);

        var stored = await client.GetBenchmarkAsync(published.Id, Token);
        Assert.Equal((published.Id, published.Sha256, null), (stored.Id, stored.Sha256, stored.KeyId));
        Assert.Equal(Text(Results.Of()), Text(stored.Result));
    }

    [Fact]
    public async Task FailuresOfARunningSystemAreKeptAndChecked()
    {
        await using var app = await ApiApp.StartAsync();
        var client = new ConsensusClient(app.Http);
        var live = Results.Of() with { Errors = new Dictionary<string, int> { ["panel_failed"] = 1 }, LatencyMs = new LatencyFigures(1, 2, 3) };
        var published = Assert.Single((await client.PublishBenchmarkAsync(live, Token)).Benchmarks);
        Assert.Equal(Text(live), Text((await client.GetBenchmarkAsync(published.Id, Token)).Result));
        Assert.NotEqual(published.Sha256, Assert.Single((await client.PublishBenchmarkAsync(Results.Of(), Token)).Benchmarks).Sha256);

        using var wrong = await app.PostAsync(Path, Text(live with { Errors = new Dictionary<string, int> { ["panel_failed"] = 3, ["line\nbreak"] = 0 } }));
        Assert.Equal(["errors control_characters", "errors out_of_range", "errors out_of_range"], (await wrong.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AnEmptyListTellsWhoMayPublishAndStoresNothing()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        using var root = app.Client(KeyedApi.Key("root"));
        using var alice = app.Client(KeyedApi.Key("alice"));
        var allowed = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(root).PublishBenchmarksAsync([], Token));
        var refused = await Assert.ThrowsAsync<ConsensusApiException>(() => new ConsensusClient(alice).PublishBenchmarksAsync([], Token));
        Assert.Equal(("validation_failed", "forbidden"), (allowed.Code, refused.Code));
        Assert.Empty((await new ConsensusClient(root).ListBenchmarksAsync(cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task TheSameContentIsStoredOnceWhateverTheOrderOfItsMembers()
    {
        await using var app = await ApiApp.StartAsync();
        using var first = await app.PostAsync(Path, Text(Results.Of()));
        var turned = new JsonObject(JsonNode.Parse(Text(Results.Of()))!.AsObject().Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        using var second = await app.PostAsync(Path, turned.ToJsonString());
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.False(Assert.Single((await ReceiptAsync(second)).Benchmarks).Created);
        Assert.Single((await new ConsensusClient(app.Http).ListBenchmarksAsync(cancellationToken: Token)).Items);
        using var found = await app.Http.GetAsync(first.Headers.Location, Token);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Fact]
    public async Task AListIsPublishedWholeAndPagedNewestFirstWithoutQuestions()
    {
        await using var app = await ApiApp.StartAsync();
        var client = new ConsensusClient(app.Http);
        using var response = await app.PostAsync(Path, $"[{string.Join(",", Enumerable.Range(0, 5).Select(i => Text(Results.Of($"s{i}", i % 2 == 0 ? "majority" : "medoid"))))}]");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Null(response.Headers.Location);
        var ids = (await ReceiptAsync(response)).Benchmarks.Select(b => b.Id).ToArray();

        var seen = new List<Guid>();
        var query = new BenchmarkQuery { Limit = 2 };
        do
        {
            var page = await client.ListBenchmarksAsync(query, Token);
            Assert.All(page.Items, item => Assert.Empty(item.Result.Questions));
            seen.AddRange(page.Items.Select(item => item.Id));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        Assert.Equal(ids.Reverse(), seen);

        Assert.Equal([ids[3], ids[1]], await IdsAsync(client, new BenchmarkQuery { Strategy = "medoid" }));
        Assert.Equal([ids[2]], await IdsAsync(client, new BenchmarkQuery { Suite = "s2" }));
        var at = (await client.GetBenchmarkAsync(ids[0], Token)).PublishedAt;
        Assert.Equal(5, (await IdsAsync(client, new BenchmarkQuery { From = at, To = at.AddTicks(1) })).Length);
        Assert.Empty(await IdsAsync(client, new BenchmarkQuery { From = at.AddTicks(1) }));
        Assert.Empty(await IdsAsync(client, new BenchmarkQuery { To = at }));
    }

    [Fact]
    public async Task ACursorOfOtherFiltersAndUnknownParametersAreRefused()
    {
        await using var app = await ApiApp.StartAsync();
        using var published = await app.PostAsync(Path, $"[{Text(Results.Of("a"))},{Text(Results.Of("b"))}]");
        var page = await new ConsensusClient(app.Http).ListBenchmarksAsync(new BenchmarkQuery { Limit = 1 }, Token);
        using var other = await app.Http.GetAsync($"{Path}?suite=a&cursor={page.Next}", Token);
        Assert.Equal(["cursor invalid_cursor"], await other.ViolationsAsync());
        using var nonsense = await app.Http.GetAsync($"{Path}?cursor=nonsense", Token);
        Assert.Equal(["cursor invalid_cursor"], await nonsense.ViolationsAsync());
        using var wrong = await app.Http.GetAsync($"{Path}?limit=0&model=a&from=soon", Token);
        Assert.Equal(["from invalid_value", "limit out_of_range", "model unknown_member"], (await wrong.ViolationsAsync()).Order());
    }

    [Fact]
    public async Task TheKeysNameIsKeptAndEveryReaderSeesTheResult()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        using var root = app.Client(KeyedApi.Key("root"));
        using var alice = app.Client(KeyedApi.Key("alice"));
        await (await app.PostAsync(Path, Text(Results.Of()), alice)).ProblemAsync(ErrorCatalog.Forbidden);
        using var response = await app.PostAsync(Path, Text(Results.Of()), root);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("root", Assert.Single((await new ConsensusClient(alice).ListBenchmarksAsync(cancellationToken: Token)).Items).KeyId);
    }

    [Fact]
    public async Task WithoutARunLogNothingIsPublished()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await (await app.PostAsync(Path, Text(Results.Of()))).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await (await app.Http.GetAsync(Path, Token)).ProblemAsync(ErrorCatalog.RunLogDisabled);
    }

    [Fact]
    public async Task AStoreThatCannotBeOpenedIsAProblemOnEveryRoute()
    {
        using var notAFolder = new TakenPath();
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = notAFolder.Path });
        await (await app.PostAsync(Path, Text(Results.Of()))).ProblemAsync(ErrorCatalog.RunLogUnavailable);
        await (await app.Http.GetAsync(Path, Token)).ProblemAsync(ErrorCatalog.RunLogUnavailable);
        await (await app.Http.GetAsync($"{Path}/01900000-0000-7000-8000-000000000000", Token)).ProblemAsync(ErrorCatalog.RunLogUnavailable);
    }

    [Fact]
    public async Task TheDescriptionDeclaresTheFiltersOfTheListing()
    {
        await using var app = await ApiApp.StartAsync();
        var document = JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json", Token))!;
        var parameters = document["paths"]![Path]!["get"]!["parameters"]!.AsArray();
        Assert.Equal(["from", "to", "suite", "strategy", "limit", "cursor"], parameters.Select(p => (string)p!["name"]!));
        Assert.All(parameters, p => Assert.Equal("query", (string)p!["in"]!));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Text(BenchmarkResult result) => JsonSerializer.Serialize(result, ConsensusJson.Default.BenchmarkResult);

    private static async Task<Guid[]> IdsAsync(ConsensusClient client, BenchmarkQuery query) =>
        [.. (await client.ListBenchmarksAsync(query, Token)).Items.Select(item => item.Id)];

    private static async Task<BenchmarkReceipt> ReceiptAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(Token), ConsensusJson.Default.BenchmarkReceipt)!;
}
