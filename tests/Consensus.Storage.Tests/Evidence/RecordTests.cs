using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;

namespace Consensus.Storage.Tests.Evidence;

public class RecordTests : IDisposable
{
    private static readonly DateTimeOffset Noon = Make.Noon;

    private readonly TemporaryEvidence _evidence = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _evidence.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ARecordIsReadBackAsItWasStored()
    {
        var record = Record(0) with { RunId = Guid.CreateVersion7(), ParentRunId = Guid.CreateVersion7(), Collection = Guid.CreateVersion7() };
        await _evidence.Store.SaveEvidenceAsync(record, "ann", Token);
        _evidence.Reopen();
        var found = (await _evidence.Store.FindEvidenceAsync(record.EvidenceId, "ann", Token))!;
        Assert.Equal(($"/v1/evidence/{record.EvidenceId}", $"/v1/runs/{record.RunId}"), (found.Links["self"], found.Links["run"]));
        Assert.Equal(Json(record), Json(found with { Links = record.Links }));
        Assert.Null(await _evidence.Store.FindEvidenceAsync(record.EvidenceId, "bob", Token));
        Assert.NotNull(await _evidence.Store.FindEvidenceAsync(record.EvidenceId, null, Token));
    }

    [Fact]
    public async Task ListingsAreFilteredAndPagedNewestFirst()
    {
        var run = Guid.CreateVersion7();
        var collection = Guid.CreateVersion7();
        var all = Enumerable.Range(0, 20).Select(i => Record(i) with { RunId = i % 4 == 0 ? run : null, Collection = i % 2 == 0 ? collection : null }).ToArray();
        foreach (var (record, i) in all.Select(static (record, i) => (record, i)).OrderBy(static pair => pair.i * 7 % 20))
        {
            await _evidence.Store.SaveEvidenceAsync(record, i < 10 ? "ann" : "bob", Token);
        }

        Assert.Equal(Ids(all), await ListAsync(new EvidenceFilter()));
        Assert.Equal(Ids(all.Take(10)), await ListAsync(new EvidenceFilter { KeyId = "ann" }));
        Assert.Equal(Ids(all.Where(static (_, i) => i % 2 == 0)), await ListAsync(new EvidenceFilter { Collection = collection }));
        Assert.Equal(Ids(all.Where(static (_, i) => i % 4 == 0)), await ListAsync(new EvidenceFilter { RunId = run, Collection = collection }));
        Assert.Equal(Ids(all.Where(static (_, i) => i % 4 == 0 && i >= 10)), await ListAsync(new EvidenceFilter { RunId = run, KeyId = "bob" }));
        Assert.Equal(Ids(all.Skip(5).Take(10)), await ListAsync(new EvidenceFilter { From = Noon.AddMinutes(5), To = Noon.AddMinutes(15) }));
        var first = await _evidence.Store.ListEvidenceAsync(new EvidenceFilter { Limit = 3 }, Token);
        await Assert.ThrowsAsync<InvalidCursorException>(() => _evidence.Store.ListEvidenceAsync(new EvidenceFilter { RunId = run, Cursor = first.Next }, Token));
    }

    [Fact]
    public async Task RecordsOfErasedRunsGoWithThemAndWithTheirTexts()
    {
        var run = Guid.CreateVersion7();
        await _evidence.Store.SaveEvidenceAsync(Record(1) with { RunId = run, Text = "Dodos were last seen in 1662." }, null, Token);
        await _evidence.Store.SaveEvidenceAsync(Record(2) with { RunId = run }, null, Token);
        await _evidence.Store.SaveEvidenceAsync(Record(3), "ann", Token);
        Assert.Equal(2, await _evidence.Store.DeleteEvidenceOfRunsAsync([run, Guid.CreateVersion7()], Token));
        Assert.False(_evidence.Holds("Dodos"));
        var left = Assert.Single((await _evidence.Store.ListEvidenceAsync(new EvidenceFilter(), Token)).Items);
        Assert.Equal(EvidenceErasure.NotAllowed, await _evidence.Store.DeleteEvidenceAsync(left.EvidenceId, static key => key == "bob", Token));
        Assert.Equal(EvidenceErasure.Erased, await _evidence.Store.DeleteEvidenceAsync(left.EvidenceId, static key => key == "ann", Token));
        Assert.Equal(EvidenceErasure.NotThere, await _evidence.Store.DeleteEvidenceAsync(left.EvidenceId, static _ => true, Token));
    }

    [Fact]
    public async Task ARecordThatIsNotAsItsSchemaSaysIsNotStored()
    {
        var refused = await Assert.ThrowsAsync<EvidenceShapeException>(() => _evidence.Store.SaveEvidenceAsync(
            Record(1) with { Figures = new EvidenceFigures { Claims = 1, Supported = 2, Contradicted = 0, NotEnough = 0, HallucinationRate = 1.5 } }, null, Token));
        Assert.Contains("$.figures", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await _evidence.Store.ListEvidenceAsync(new EvidenceFilter(), Token)).Items);
    }

    [Fact]
    public async Task ARecordOfVersion1BecomesACurrentOne()
    {
        var id = Put("records", "record-1.json", "evidenceId");
        var found = (await _evidence.Store.FindEvidenceAsync(id, null, Token))!;
        Assert.Equal((4, default(Guid?)), (found.SchemaVersion, found.ParentRunId));
        Assert.Equal([EvidenceLabel.Supported, EvidenceLabel.NotEnough], found.Claims.Select(static claim => claim.Label!.Value));
        var citation = Assert.Single(found.Claims[0].Citations);
        Assert.Equal((1, 0, "The harbour handled 41,200 containers in 2025.", CitationSource.Matching), (citation.Passage, citation.Start, citation.Quote, citation.By));
        Assert.Equal((2, 1, 1, 0.5), (found.Figures!.Claims, found.Figures.Supported, found.Figures.NotEnough, found.Figures.HallucinationRate));
        Assert.Equal(("words-0.9", "bm25", false), (found.Method.Matcher, found.Method.Search, found.Abstained));
        Assert.Null(found.Passages[0].Licence);
        // Saved again it is a current one.
        await _evidence.Store.SaveEvidenceAsync(found, null, Token);
        Assert.Equal(Json(found), Json(await _evidence.Store.FindEvidenceAsync(id, null, Token)));
    }

    [Fact]
    public async Task ARecordOfVersion2BecomesACurrentOneWithoutAParent()
    {
        var id = Put("records", "record-2.json", "evidenceId");
        var found = (await _evidence.Store.FindEvidenceAsync(id, null, Token))!;
        Assert.Equal((4, default(Guid?)), (found.SchemaVersion, found.ParentRunId));
        Assert.Equal("41,200 containers. [1]", found.Text);
        await _evidence.Store.SaveEvidenceAsync(found, null, Token);
        Assert.Equal(Json(found), Json(await _evidence.Store.FindEvidenceAsync(id, null, Token)));
    }

    [Fact]
    public async Task ARecordOfVersion3BecomesACurrentOneThatKnowsNoEmbeddings()
    {
        var id = Put("records", "record-3.json", "evidenceId");
        var found = (await _evidence.Store.FindEvidenceAsync(id, null, Token))!;
        Assert.Equal((4, "bm25", default(PassageEmbeddings)), (found.SchemaVersion, found.Method.Search, found.Method.Embeddings));
        await _evidence.Store.SaveEvidenceAsync(found, null, Token);
        Assert.Equal(Json(found), Json(await _evidence.Store.FindEvidenceAsync(id, null, Token)));
    }

    [Fact]
    public async Task ADocumentOfVersion1BecomesACurrentOne()
    {
        var collection = await _evidence.CollectionAsync();
        var text = "The harbour handled 41,200 containers in 2025.";
        var id = Put("documents", "document-1.json", "id", json => json["collection"] = collection.ToString("D"), collection);
        Put("passages", null, "document", json =>
        {
            json["schemaVersion"] = 1;
            json["document"] = id.ToString("D");
            json["splitter"] = 1;
            json["text"] = text;
            json["passages"] = new JsonArray(new JsonArray(0, text.Length));
        });
        var found = (await _evidence.Store.FindDocumentAsync(collection, id, Token))!;
        Assert.Equal((2, "text/plain", null, text), (found.SchemaVersion, found.MediaType, found.Licence, found.Text));
        Assert.Single((await _evidence.SearchAsync(collection, "containers")).Items);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("\"2\"")]
    [InlineData("2.5")]
    public async Task AnotherVersionIsRefusedAndLeftAsItIs(string version)
    {
        var id = Put("records", "record-1.json", "evidenceId", json => json["schemaVersion"] = JsonNode.Parse(version));
        var refused = await Assert.ThrowsAsync<EvidenceVersionException>(() => _evidence.Store.FindEvidenceAsync(id, null, Token));
        Assert.Contains("knows 1 to 4", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EvidenceVersionException>(() => _evidence.Store.ListEvidenceAsync(new EvidenceFilter(), Token));
        Assert.Equal(version, _evidence.Stored("records", id)["schemaVersion"]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("passages")]
    [InlineData("matcher")]
    public async Task ADamagedRecordOfVersion1IsRefused(string member)
    {
        var id = Put("records", "record-1.json", "evidenceId", json => json.Remove(member));
        await Assert.ThrowsAsync<EvidenceShapeException>(() => _evidence.Store.FindEvidenceAsync(id, null, Token));
    }

    [Fact]
    public async Task ADamagedCurrentRecordIsRefusedByThePlace()
    {
        var record = Record(1);
        await _evidence.Store.SaveEvidenceAsync(record, null, Token);
        var stored = _evidence.Stored("records", record.EvidenceId);
        stored["claims"]![0]!["label"] = "certain";
        _evidence.Change("records", record.EvidenceId, stored);
        var refused = await Assert.ThrowsAsync<EvidenceShapeException>(() => _evidence.Store.FindEvidenceAsync(record.EvidenceId, null, Token));
        Assert.Contains("$.claims[0].label", refused.Message, StringComparison.Ordinal);
    }

    internal static EvidenceRecord Record(int minute) => new()
    {
        EvidenceId = Guid.CreateVersion7(Noon.AddMinutes(minute)),
        SchemaVersion = 4,
        CreatedAt = Noon.AddMinutes(minute),
        Question = "How many containers?",
        Abstained = false,
        Text = "41,200 containers. [1]",
        CheckedText = "41,200 containers.",
        Claims =
        [
            new EvidenceClaim
            {
                Id = 0, Text = "41,200 containers.", Start = 0, End = 18, Checkable = true, Label = EvidenceLabel.Supported, Coverage = 1,
                Citations = [new EvidenceCitation { Passage = 1, Start = 0, End = 5, Quote = "Whole", Label = EvidenceLabel.Supported, By = CitationSource.Both }],
                SupportingModels = ["sim/ada"], PanelSupport = 0.5,
            },
        ],
        Figures = new EvidenceFigures { Claims = 1, Supported = 1, Contradicted = 0, NotEnough = 0, HallucinationRate = 0, CitationRecall = 1, CitationPrecision = 1 },
        Candidates = [new CandidateEvidence(0, "sim/ada", new EvidenceFigures { Claims = 0, Supported = 0, Contradicted = 0, NotEnough = 0 })],
        Passages = [new EvidencePassage { Number = 1, Id = "x-0-5", Document = 1, ContentHash = Passage.HashOf("Whole"), Start = 0, End = 5, Text = "Whole", Score = 1.25 }],
        Method = new EvidenceMethod(EvidenceMatching.Lexical, "words-1", null, null, null, "bm25+embeddings", UnsupportedClaims.Mark, Embeddings: new PassageEmbeddings("sim/simulated-embedding", 1, 2)),
    };

    private static string Json(EvidenceRecord? record) => System.Text.Json.JsonSerializer.Serialize(record, ConsensusJson.Default.EvidenceRecord!);

    private static IEnumerable<Guid> Ids(IEnumerable<EvidenceRecord> records) => records.OrderByDescending(static record => record.CreatedAt).Select(static record => record.EvidenceId);

    private async Task<List<Guid>> ListAsync(EvidenceFilter filter)
    {
        var all = new List<Guid>();
        do
        {
            var page = await _evidence.Store.ListEvidenceAsync(filter with { Limit = 3 }, Token);
            all.AddRange(page.Items.Select(static item => item.EvidenceId));
            filter = filter with { Cursor = page.Next };
        }
        while (filter.Cursor is not null);
        return all;
    }

    /// <summary>Puts JSON into the store as it was stored then, and gives its id.</summary>
    private Guid Put(string table, string? fixture, string idMember, Action<JsonObject>? change = null, Guid? collection = null)
    {
        var json = fixture is null ? [] : JsonNode.Parse(Repository.Read($"tests/Consensus.Storage.Tests/Evidence/Fixtures/{fixture}"))!.AsObject();
        change?.Invoke(json);
        var id = Guid.Parse((string)json[idMember]!);
        _evidence.Put(table, id, json, collection);
        return id;
    }
}
