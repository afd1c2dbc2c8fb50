using Consensus.Storage.Tests.Runs;

namespace Consensus.Storage.Tests.Evidence;

public class EvidenceKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task AnIngestThatIsKilledIsWholeOrNotThere()
    {
        var token = TestContext.Current.CancellationToken;
        using var evidence = new TemporaryEvidence();
        evidence.Store.Dispose();
        var random = new Random(11);
        var told = new List<string[]>();
        for (var kill = 0; kill < KillTests.Kills; kill++)
        {
            var lines = await KillTests.LinesUntilKilledAsync(IngestToKill.Command, evidence.Database ?? evidence.File, atLeast: random.Next(5, 60));
            told.AddRange(lines.Select(static line => line.Split(' ')).Where(static parts => parts.Length >= 2 && Guid.TryParseExact(parts[^1], "D", out _)));
        }

        evidence.Reopen();
        var deleted = told.Where(static parts => parts[0] == "deleted").Select(static parts => parts[2]).ToHashSet();
        foreach (var parts in told.Where(static parts => parts[0] == "added"))
        {
            var found = await evidence.Store.FindDocumentAsync(Guid.Parse(parts[1]), Guid.Parse(parts[2]), token);
            // The last one of a process may have been deleted without its being told.
            Assert.True(found is not null || deleted.Contains(parts[2]) || told.Last(one => one[1] == parts[1]) == parts, $"{parts[2]} was acknowledged and is not there.");
            Assert.False(found is not null && deleted.Contains(parts[2]));
        }

        var documents = 0;
        foreach (var collection in told.Where(static parts => parts[0] == "collection").Select(static parts => Guid.Parse(parts[1])))
        {
            documents += await CheckAsync(evidence, collection, token);
        }

        output.WriteLine($"{KillTests.Kills} kills, {told.Count} acknowledgements, {documents} documents, all whole.");
    }

    /// <summary>Every document that is listed has its text and passages, is found by searching, and is counted.</summary>
    private static async Task<int> CheckAsync(TemporaryEvidence evidence, Guid collection, CancellationToken token)
    {
        var counted = (await evidence.Store.FindCollectionAsync(collection, null, token))!;
        var listed = (await evidence.Store.ListDocumentsAsync(collection, 10_000, null, token)).Items;
        Assert.Equal((counted.Documents, counted.Passages), (listed.Count, listed.Sum(static document => document.Passages)));
        foreach (var document in listed)
        {
            Assert.Equal(document.Passages, (await evidence.Store.PassagesOfAsync(collection, document.Id, token))!.Count);
        }

        var hits = (await evidence.Store.SearchAsync(collection, "tide", 100_000, token)).Items;
        Assert.Equal(counted.Passages, hits.Count);
        return listed.Count;
    }
}
