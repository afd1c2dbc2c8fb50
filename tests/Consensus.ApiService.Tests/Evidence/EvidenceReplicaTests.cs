using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Keys;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Evidence;

/// <summary>Two API processes with one database are one to those who keep documents in it and answer from them.</summary>
public sealed class EvidenceReplicaTests(EvidenceRig rig) : IClassFixture<EvidenceRig>, IAsyncLifetime
{
    private readonly string _database = TestPostgres.NewDatabase();
    private ApiApp _one = null!;
    private ApiApp _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _one = await StartAsync("one");
        _other = await StartAsync("other");

        Task<ApiApp> StartAsync(string instance) => ApiApp.StartAsync(rig.SettingsWith(
            new("ConnectionStrings:runs", _database), new("Audit:Key", Convert.ToBase64String(new byte[32])), new("RunLog:Instance", instance)));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task ACollectionThatOneMakesIsSearchedAndAnsweredFromAtTheOther()
    {
        var collection = await FillAsync();
        using var found = await _other.Http.GetAsync($"{collection}/passages?q=keeper", Token);
        var hit = Assert.Single((await found.Content.ReadFromJsonAsync(ConsensusJson.Default.PassageList, Token))!.Items);
        Assert.Contains("Ada Moen", hit.Text, StringComparison.Ordinal);

        var answered = await rig.AskedAsync(new JsonObject { ["prompt"] = EvidenceRig.Lit, ["collection"] = collection["/v1/collections/".Length..] }, _other);

        Assert.NotNull(answered.Text);
        Assert.All(answered.Claims, static claim => Assert.Equal(EvidenceLabel.Supported, claim.Label));
        Assert.Equal("bm25", answered.Method.Search);
        var read = (await _one.Http.GetFromJsonAsync($"/v1/evidence/{answered.EvidenceId}", ConsensusJson.Default.EvidenceRecord, Token))!;
        Assert.Equal(answered.Claims.Count, read.Claims.Count);
        Assert.Single((await new ConsensusClient(_one.Http).ListEvidenceAsync(new EvidenceQuery(), Token)).Items);
    }

    [Fact]
    public async Task WhatIsDeletedAtOneIsNotThereAtTheOther()
    {
        var collection = await FillAsync();
        var document = (await _other.Http.GetFromJsonAsync($"{collection}/documents", ConsensusJson.Default.PageEvidenceDocument, Token))!.Items[0];
        Assert.Equal(HttpStatusCode.NoContent, (await _other.Http.DeleteAsync(new Uri(document.Links["self"], UriKind.Relative), Token)).StatusCode);
        await (await _one.Http.GetAsync(document.Links["self"], Token)).ProblemAsync(ErrorCatalog.DocumentNotFound);
        Assert.Equal(HttpStatusCode.NoContent, (await _one.Http.DeleteAsync(new Uri(collection, UriKind.Relative), Token)).StatusCode);
        await (await _other.Http.GetAsync(collection, Token)).ProblemAsync(ErrorCatalog.CollectionNotFound);
        using var asked = await _other.PostAsync("/v1/evidence", new JsonObject { ["prompt"] = EvidenceRig.Lit, ["collection"] = collection["/v1/collections/".Length..] });
        await asked.ProblemAsync(ErrorCatalog.CollectionNotFound);
    }

    [Fact]
    public async Task ReadinessTellsOfTheTablesAndEverythingElseGoesOnWithoutThem()
    {
        var collection = await FillAsync();
        Assert.Equal("healthy", await StatusAsync());
        TestPostgres.Run(_database, "ALTER TABLE evidence.collections RENAME TO collections_away; ALTER TABLE evidence.probe RENAME TO probe_away");

        Assert.Equal("degraded", await StatusAsync());
        await (await _other.Http.GetAsync(collection, Token)).ProblemAsync(ErrorCatalog.EvidenceUnavailable);
        using var asked = await _other.PostAsync("/v1/consensus", new JsonObject { ["prompt"] = EvidenceRig.Lit });
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);

        TestPostgres.Run(_database, "ALTER TABLE evidence.collections_away RENAME TO collections; ALTER TABLE evidence.probe_away RENAME TO probe");
        Assert.Equal("healthy", await StatusAsync());
        Assert.Equal(HttpStatusCode.OK, (await _other.Http.GetAsync(collection, Token)).StatusCode);

        async Task<string?> StatusAsync() =>
            (string?)(await _other.Http.GetFromJsonAsync<JsonObject>("/ready", Token))!["checks"]!.AsArray().Single(static check => (string?)check!["name"] == "evidence")!["status"];
    }

    /// <summary>Makes a collection of the rig's two documents, one at each, and gives its address.</summary>
    private async Task<string> FillAsync()
    {
        using var made = await _one.PostAsync("/v1/collections", """{"name":"Skerrin"}""");
        var collection = made.Headers.Location!.OriginalString;
        foreach (var (i, document) in EvidenceRig.Documents.Index())
        {
            using var added = await (i == 0 ? _one : _other).PostAsync($"{collection}/documents", document!.ToJsonString());
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        }

        return collection;
    }
}
