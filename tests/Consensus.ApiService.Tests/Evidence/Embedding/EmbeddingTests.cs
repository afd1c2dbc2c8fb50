using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Keys;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Consensus.ApiService.Tests.Evidence.Embedding.EmbeddingRig;

namespace Consensus.ApiService.Tests.Evidence.Embedding;

/// <summary>Passages are found by vectors that a simulated provider makes, over HTTP.</summary>
public sealed class EmbeddingTests : IAsyncLifetime
{
    private EmbeddingRig _rig = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rig = await StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatHasNoWordOfAQuestionIsFoundOnceItIsEmbedded(bool isOnServer)
    {
        KeyValuePair<string, string>[] database = isOnServer
            ? [new("ConnectionStrings:runs", TestPostgres.NewDatabase()), new("Audit:Key", Convert.ToBase64String(new byte[32])), new("RunLog:Instance", "one")] : [];
        await using var app = await ApiApp.StartAsync(_rig.Settings(database));
        var collection = await FillAsync(app, texts: Texts);
        await EmbeddedAsync(app, collection);
        var found = await SearchAsync(app, collection, Query);

        Assert.Equal(("bm25+embeddings", new PassageEmbeddings(Model, 3, 3)), (found.Search, found.Embeddings));
        Assert.Equal(Texts[0], Assert.Single(found.Items).Text);
        Assert.Empty((await SearchAsync(app, collection, "Quarterly budgets")).Items);
        var listed = await app.Http.GetFromJsonAsync("/v1/collections", ConsensusJson.Default.PageEvidenceCollection, Token);
        Assert.Equal(3, Assert.Single(listed!.Items).Embedded);
    }

    [Fact]
    public async Task ARecordSaysByWhichModelItsPassagesWereFound()
    {
        await using var app = await ApiApp.StartAsync(_rig.Settings());
        var collection = await FillAsync(app, texts: Texts);
        await EmbeddedAsync(app, collection);
        var id = collection["/v1/collections/".Length..];
        using var response = await app.PostAsync("/v1/evidence/check", new JsonObject { ["answer"] = "Lighthousekeepers abound.", ["collection"] = id });
        var record = (await response.Content.ReadFromJsonAsync(ConsensusJson.Default.EvidenceRecord, Token))!;

        Assert.Equal(("bm25+embeddings", new PassageEmbeddings(Model, 3, 3)), (record.Method.Search, record.Method.Embeddings));
        Assert.Equal(Texts[0], Assert.Single(record.Passages).Text);
        var stored = (await app.Http.GetFromJsonAsync($"/v1/evidence/{record.EvidenceId}", ConsensusJson.Default.EvidenceRecord, Token))!;
        Assert.Equal((record.Method.Embeddings, 4), (stored.Method.Embeddings, stored.SchemaVersion));

        var asked = new JsonObject { ["prompt"] = "What do two cranes unload?", ["collection"] = id };
        using var answered = await app.PostAsync("/v1/evidence", asked);
        var run = (await EvidenceRig.ReadAsync(answered, app.Log)).RunId;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{run}/provenance");
        request.Headers.Accept.ParseAdd("application/provenance+json");
        using var provenance = await app.Http.SendAsync(request, Token);
        var entities = (await provenance.Content.ReadFromJsonAsync<JsonObject>(Token))!["entity"]!;
        Assert.Equal(Model, (string?)entities["run:passage-1"]!["consensus:embeddingModel"]);

        // Documents that come with a request are found by their words alone.
        using var inline = await app.PostAsync(
            "/v1/evidence/check", new JsonObject { ["answer"] = "Lighthousekeepers abound.", ["documents"] = new JsonArray(new JsonObject { ["content"] = Texts[0] }) });
        var words = (await inline.Content.ReadFromJsonAsync(ConsensusJson.Default.EvidenceRecord, Token))!;
        Assert.Equal(("bm25", default(PassageEmbeddings), 0), (words.Method.Search, words.Method.Embeddings, words.Passages.Count));
    }

    [Fact]
    public async Task WithoutAModelNobodyIsAskedAndNothingSaysSo()
    {
        await using var app = await ApiApp.StartAsync(_rig.Settings(new KeyValuePair<string, string>("Evidence:Embeddings:Model", "")));
        var collection = await FillAsync(app, texts: Texts);
        var found = await SearchAsync(app, collection, "cranes");
        Assert.Equal(("bm25", default(PassageEmbeddings), 1), (found.Search, found.Embeddings, found.Items.Count));
        Assert.Null((await ViewAsync(app, collection)).Embedded);
        Assert.Equal(0, await _rig.CallsAsync());
    }

    [Theory]
    [InlineData("server_error", "unavailable", "00:00:30")]
    [InlineData("malformed", "malformed", "00:00:30")]
    [InlineData("empty", "malformed", "00:00:30")]
    [InlineData("refusal", "refused", "00:00:30")]
    [InlineData("timeout", "timeout", "00:00:00.1")]
    public async Task AProviderThatFailsLeavesTheWordsAndItIsSaid(string fault, string reason, string timeout)
    {
        await using var app = await ApiApp.StartAsync(_rig.Settings(new KeyValuePair<string, string>("Evidence:Embeddings:Timeout", timeout)));
        var collection = await FillAsync(app, texts: Texts);
        await EmbeddedAsync(app, collection);
        await Poll.UntilAsync(() => SearchAsync(app, collection, Query), static known => known.Search == "bm25+embeddings");
        await _rig.FaultAsync(fault);

        var found = await SearchAsync(app, collection, "cranes and lighthousekeepers");

        Assert.Equal(("bm25", new PassageEmbeddings(Model, 0, 3, reason)), (found.Search, found.Embeddings));
        Assert.Equal(Texts[1], Assert.Single(found.Items).Text);
        // A query that was embedded once is known.
        Assert.Equal("bm25+embeddings", (await SearchAsync(app, collection, Query)).Search);
        var calls = await _rig.CallsAsync();
        var checks = (await app.Http.GetFromJsonAsync<JsonObject>("/ready", Token))!["checks"]!.AsArray();
        Assert.Equal("healthy", (string?)checks.Single(static check => (string?)check!["name"] == "evidence")!["status"]);
        Assert.Equal(calls, await _rig.CallsAsync());
    }

    [Fact]
    public async Task AProviderThatFailsIsTriedAgainUntilAllIsEmbedded()
    {
        await _rig.FaultAsync("server_error");
        await using var app = await ApiApp.StartAsync(_rig.Settings());
        var collection = await FillAsync(app, texts: Texts);
        await Poll.UntilAsync(_rig.CallsAsync, static calls => calls >= 2);
        Assert.Equal(0, (await ViewAsync(app, collection)).Embedded);
        Assert.Equal(Texts[1], Assert.Single((await SearchAsync(app, collection, "cranes")).Items).Text);
        await _rig.FaultAsync(null);
        await EmbeddedAsync(app, collection);
        Assert.Equal(Texts[0], Assert.Single((await SearchAsync(app, collection, Query)).Items).Text);
    }

    [Fact]
    public async Task ARestartGoesOnWhereItWasAndAnotherLengthEmbedsAnew()
    {
        using var folder = new StorageFolder();
        string collection;
        await using (var app = await ApiApp.StartAsync(_rig.Settings(folder.Settings)))
        {
            collection = await FillAsync(app, texts: Texts[..2]);
            await EmbeddedAsync(app, collection);
            await _rig.FaultAsync("server_error");
            using var added = await app.PostAsync($"{collection}/documents", new JsonObject { ["content"] = Texts[2] });
            Assert.Equal(2, (await ViewAsync(app, collection)).Embedded);
        }

        await _rig.FaultAsync(null);
        var before = await _rig.CallsAsync();
        await using (var app = await ApiApp.StartAsync(_rig.Settings(folder.Settings)))
        {
            await EmbeddedAsync(app, collection, count: 3);
            Assert.Equal(before + 1, await _rig.CallsAsync());
        }

        await using (var app = await ApiApp.StartAsync(_rig.Settings([.. folder.Settings, new("Evidence:Embeddings:Dimensions", "64")])))
        {
            await EmbeddedAsync(app, collection, count: 3);
            Assert.Equal(before + 2, await _rig.CallsAsync());
            Assert.Equal(Texts[0], (await SearchAsync(app, collection, Query)).Items[0].Text);
        }
    }

    [Fact]
    public async Task WhatAPolicyForbidsIsNotSent()
    {
        await using var app = await ApiApp.StartAsync(_rig.Settings());
        await PutPolicyAsync(app, """{"schemaVersion":1,"models":{"deny":["sim/simulated-embedding"]}}""");
        var collection = await FillAsync(app, texts: Texts);
        var found = await SearchAsync(app, collection, "cranes");
        Assert.Equal(("bm25", new PassageEmbeddings(Model, 0, 3, "policy"), 1), (found.Search, found.Embeddings, found.Items.Count));
        Assert.Equal(0, await _rig.CallsAsync());

        await PutPolicyAsync(app, """{"schemaVersion":1,"safety":[{"name":"secret","pattern":"cr[a]nes"}]}""");
        using (await app.PostAsync($"{collection}/documents", new JsonObject { ["content"] = "Wakes the service." }))
        {
            await EmbeddedAsync(app, collection, count: 4);
        }

        Assert.Equal("policy", (await SearchAsync(app, collection, "cranes")).Embeddings!.Failure);
        Assert.Null((await SearchAsync(app, collection, "ships")).Embeddings!.Failure);
    }

    [Fact]
    public async Task WhatVectorsCostCountsForTheKeyAndItsBudgetBoundsIt()
    {
        await using var app = await ApiApp.StartAsync(_rig.Settings(
            [.. KeyedApi.Settings, new("Evidence:Embeddings:UsdPerMillion", "1000000"), new("Limits:DailyCostUsd", "30")]));
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var bob = app.Client(KeyedApi.Key("bob"));
        var collection = await FillAsync(app, alice, Texts[0]);
        await EmbeddedAsync(app, collection, alice);
        var log = app.Services.GetRequiredService<RunLog>();
        var spent = await Poll.UntilAsync(() => log.FindKeyCostAsync("alice", DateTimeOffset.UtcNow, Token), static usd => usd > 0);
        Assert.Equal(0, await log.FindKeyCostAsync("bob", DateTimeOffset.UtcNow, Token));

        Assert.Null((await SearchAsync(app, collection, new string('x', 100), alice)).Embeddings!.Failure);
        Assert.True(await log.FindKeyCostAsync("alice", DateTimeOffset.UtcNow, Token) > spent);
        var calls = await _rig.CallsAsync();
        Assert.Equal("budget_exhausted", (await SearchAsync(app, collection, "lighthouse", alice)).Embeddings!.Failure);
        Assert.Equal(calls, await _rig.CallsAsync());
        Assert.Equal(0, (await SearchAsync(app, await FillAsync(app, bob, "Nothing."), "lighthouse", bob)).Embeddings!.Passages - 1);
    }

    private static async Task PutPolicyAsync(ApiApp app, string policy)
    {
        using var put = await app.Http.PutAsync(new Uri("/v1/policy", UriKind.Relative), new StringContent(policy, System.Text.Encoding.UTF8, "application/json"), Token);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Token));
    }
}
