using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Keys;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Evidence;

/// <summary>What the store's ends mean for a caller: a collection that is full, a file that cannot grow, runs that are purged.</summary>
public sealed class EvidenceStoreFaultTests
{
    private const string Collections = "/v1/collections";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("documents", Limits.CollectionDocuments)]
    [InlineData("characters", Limits.CollectionCharacters - 10)]
    public async Task AFullCollectionTakesNothingMoreAndHoldsNothingInPart(string member, long count)
    {
        using var folder = new StorageFolder();
        string collection;
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            using var made = await app.PostAsync(Collections, """{"name":"Nearly full"}""");
            collection = made.Headers.Location!.OriginalString;
        }

        using (var database = Open(folder))
        {
            var row = database.GetCollection("collections").FindAll().Single();
            row[member] = count;
            database.GetCollection("collections").Update(row);
        }

        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            using var refused = await app.PostAsync($"{collection}/documents", """{"content":"The grebe dives in the bay."}""");
            await refused.ProblemAsync(ErrorCatalog.CollectionFull);
            Assert.Empty((await app.Http.GetFromJsonAsync($"{collection}/documents", ConsensusJson.Default.PageEvidenceDocument, Token))!.Items);
            Assert.Empty((await app.Http.GetFromJsonAsync<JsonNode>($"{collection}/passages?q=grebe", Token))!["items"]!.AsArray());
            Assert.Equal(count, (long)(await app.Http.GetFromJsonAsync<JsonNode>(collection, Token))![member]!);
        }
    }

    [Fact]
    public async Task AFileThatCannotGrowRefusesWhatDoesNotFitAndKeepsTheRest()
    {
        using var folder = new StorageFolder();
        using (var database = Open(folder))
        {
            database.Pragma("LIMIT_SIZE", 400_000);
        }

        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            using var made = await app.PostAsync(Collections, """{"name":"On a small disk"}""");
            var collection = made.Headers.Location!.OriginalString;
            using var small = await app.PostAsync($"{collection}/documents", """{"content":"The grebe dives in the bay."}""");
            Assert.Equal(HttpStatusCode.Created, small.StatusCode);
            var sentences = Enumerable.Range(0, 20_000).Select(i => $"Sentence {i} of the coot, which swims.");
            var large = JsonSerializer.Serialize(new { content = string.Join(' ', sentences) });
            using var refused = await app.PostAsync($"{collection}/documents", large);
            await refused.ProblemAsync(ErrorCatalog.EvidenceUnavailable);

            // Nothing of it is there; what was there is found, and what fits is taken.
            Assert.Empty((await app.Http.GetFromJsonAsync<JsonNode>($"{collection}/passages?q=coot", Token))!["items"]!.AsArray());
            Assert.Single((await app.Http.GetFromJsonAsync<JsonNode>($"{collection}/passages?q=grebe", Token))!["items"]!.AsArray());
            Assert.Equal(1, (int)(await app.Http.GetFromJsonAsync<JsonNode>(collection, Token))!["documents"]!);

            using var after = await app.PostAsync($"{collection}/documents", """{"content":"The auk is gone."}""");
            Assert.Equal(HttpStatusCode.Created, after.StatusCode);

            // An answer is not taken away for want of room: it is only not to be found again.
            HttpStatusCode[] filling = [HttpStatusCode.Created];
            for (var i = 0; filling[^1] == HttpStatusCode.Created; i++)
            {
                var text = string.Join(' ', Enumerable.Range(0, 300).Select(j => $"Line {j} of the filling {i}."));
                using var filled = await app.PostAsync($"{collection}/documents", JsonSerializer.Serialize(new { content = text }));
                filling = [.. filling, filled.StatusCode];
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, filling[^1]);
            using var check = await app.PostAsync("/v1/evidence/check", new JsonObject
            {
                ["answer"] = "The coot swims.",
                ["documents"] = new JsonArray(new JsonObject { ["content"] = string.Join(' ', Enumerable.Repeat("The coot swims.", 40_000)) }),
                ["maxPassages"] = 50,
            });
            var record = (await check.Content.ReadFromJsonAsync(ConsensusJson.Default.EvidenceRecord, Token))!;
            Assert.Equal(EvidenceLabel.Supported, Assert.Single(record.Claims).Label);
            Assert.False(record.Links.ContainsKey("self"));
            Assert.Null(check.Headers.Location);
        }
    }

    [Fact]
    public async Task RecordsGoWithTheirRunsWhoeverErasedThoseAndOthersStay()
    {
        var settings = new Dictionary<string, string> { ["Retention:Runs:Days"] = "30", ["Retention:StartDelay"] = "1.00:00:00" };
        await using var app = await ApiApp.StartAsync(settings);
        var client = new ConsensusClient(app.Http);
        var (old, young, erased) = (await StoreAsync(app, 40), await StoreAsync(app, 1), await StoreAsync(app, 2));
        var withoutRun = await RecordAsync(app, null);
        Assert.Equal(Erasure.Erased, await app.Services.GetRequiredService<RunLog>().DeleteAsync(erased.Run!.Value, static _ => true, by: null, Token));

        await client.PurgeAsync(dryRun: true, Token);
        Assert.Equal(4, (await client.ListEvidenceAsync(new EvidenceQuery(), Token)).Items.Count);
        await client.PurgeAsync(dryRun: false, Token);

        var left = (await client.ListEvidenceAsync(new EvidenceQuery(), Token)).Items.Select(item => item.EvidenceId);
        Assert.Equal(new[] { young.Evidence, withoutRun }.Order(), left.Order());
        await (await app.Http.GetAsync($"/v1/evidence/{old.Evidence}", Token)).ProblemAsync(ErrorCatalog.EvidenceNotFound);
    }

    private static LiteDatabase Open(StorageFolder folder) =>
        new(new ConnectionString { Filename = Path.Combine(folder.Path, "evidence.db"), Collation = Collation.Binary });

    private static async Task<(Guid? Run, Guid Evidence)> StoreAsync(ApiApp app, int daysAgo)
    {
        var run = await app.StoreAsync(daysAgo);
        return (run, await RecordAsync(app, run));
    }

    private static async Task<Guid> RecordAsync(ApiApp app, Guid? run)
    {
        var now = DateTimeOffset.UtcNow;
        var record = new EvidenceRecord
        {
            EvidenceId = Guid.CreateVersion7(now), SchemaVersion = 1, CreatedAt = now, RunId = run,
            Abstained = true, AbstainReason = AbstainReason.NothingToCheck,
            Method = new EvidenceMethod(EvidenceMatching.Lexical, "words@1", null, null, null, "bm25", UnsupportedClaims.Mark),
        };
        await app.Services.GetRequiredService<EvidenceStore>().SaveEvidenceAsync(record, null, Token);
        return record.EvidenceId;
    }
}
