using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Tests.Evidence;

/// <summary>Whose collections are answered from, and who sees what came of it.</summary>
public sealed class EvidenceAccessTests(KeyedApi keyed) : IClassFixture<KeyedApi>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AKeyAnswersFromItsOwnCollectionsAndSharedOnesAndSeesItsOwnRecordsOnly()
    {
        using var alice = keyed.App.Client(KeyedApi.Key("alice"));
        using var bob = keyed.App.Client(KeyedApi.Key("bob"));
        using var root = keyed.App.Client(KeyedApi.Key("root"));
        var (own, shared) = (await CollectionAsync(alice, shared: false), await CollectionAsync(alice, shared: true));

        var hers = await CheckAsync(alice, own);
        var his = await CheckAsync(bob, shared);
        Assert.All((EvidenceRecord[])[hers, his], record => Assert.Equal(EvidenceLabel.Supported, Assert.Single(record.Claims).Label));
        // A mark names a document of the request, and there is none.
        Assert.Equal(("The grebe dives in the bay.", null, null), (hers.CheckedText, hers.Figures!.CitationRecall, hers.Figures.CitationPrecision));
        using (var hidden = await keyed.App.PostAsync("/v1/evidence/check", Check(own), bob))
        {
            await hidden.ProblemAsync(ErrorCatalog.CollectionNotFound);
        }

        var question = new JsonObject { ["prompt"] = "Where does the grebe dive?", ["collection"] = own.ToString() };
        using (var hidden = await keyed.App.PostAsync("/v1/evidence", question, bob))
        {
            await hidden.ProblemAsync(ErrorCatalog.CollectionNotFound);
        }

        Assert.Equal([hers.EvidenceId], await ListAsync(alice, own));
        Assert.Equal([his.EvidenceId], await ListAsync(bob, shared));
        Assert.Empty(await ListAsync(alice, shared));
        Assert.Empty(await ListAsync(bob, own));
        Assert.Equal([his.EvidenceId, hers.EvidenceId], [.. await ListAsync(root, shared), .. await ListAsync(root, own)]);
        var kept = (await root.GetFromJsonAsync(hers.Links["self"], ConsensusJson.Default.EvidenceRecord, Token))!;
        Assert.Equal($"/v1/collections/{own}", kept.Links["collection"]);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            using var hidden = await bob.SendAsync(new HttpRequestMessage(method, hers.Links["self"]), Token);
            await hidden.ProblemAsync(ErrorCatalog.EvidenceNotFound);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await root.DeleteAsync(hers.Links["self"], Token)).StatusCode);
        await (await alice.GetAsync(hers.Links["self"], Token)).ProblemAsync(ErrorCatalog.EvidenceNotFound);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(his.Links["self"], Token)).StatusCode);
    }

    private static JsonObject Check(Guid collection) => new() { ["answer"] = "The grebe dives in the bay [1].", ["collection"] = collection.ToString() };

    private async Task<EvidenceRecord> CheckAsync(HttpClient client, Guid collection)
    {
        using var response = await keyed.App.PostAsync("/v1/evidence/check", Check(collection), client);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(ConsensusJson.Default.EvidenceRecord, Token))!;
    }

    private async Task<Guid> CollectionAsync(HttpClient client, bool shared)
    {
        using var made = await keyed.App.PostAsync("/v1/collections", new JsonObject { ["name"] = "Birds", ["shared"] = shared }, client);
        using var added = await keyed.App.PostAsync($"{made.Headers.Location}/documents", """{"content":"The grebe dives in the bay."}""", client);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        return Guid.Parse(made.Headers.Location!.OriginalString.Split('/')[^1]);
    }

    private static async Task<IEnumerable<Guid>> ListAsync(HttpClient client, Guid collection)
    {
        var page = await client.GetFromJsonAsync($"/v1/evidence?collection={collection}", ConsensusJson.Default.PageEvidenceSummary, Token);
        return page!.Items.Select(item => item.EvidenceId);
    }
}
