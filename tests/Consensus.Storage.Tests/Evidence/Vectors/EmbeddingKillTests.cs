using System.Globalization;
using Consensus.Storage.Tests.Runs;

namespace Consensus.Storage.Tests.Evidence.Vectors;

public class EmbeddingKillTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEmbeddingThatIsKilledIsGoneOnWithAndLosesNothing()
    {
        using var evidence = new TemporaryEvidence();
        evidence.Store.Dispose();
        var random = new Random(17);
        var told = new List<string[]>();
        for (var kill = 0; kill < 5; kill++)
        {
            var lines = await KillTests.LinesUntilKilledAsync(EmbedToKill.Command, evidence.Database ?? evidence.File, atLeast: random.Next(4, 30));
            told.AddRange(lines.Select(static line => line.Split(' ')));
        }

        evidence.Reopen();
        var collections = told.Where(static parts => parts is ["collection", _]).Select(static parts => Guid.Parse(parts[1])).ToArray();
        var kept = told.Where(static parts => parts is ["embedded", _, _, _, _]).ToArray();
        foreach (var collection in collections)
        {
            var acknowledged = kept.Where(parts => Guid.Parse(parts[1]) == collection).Sum(static parts => int.Parse(parts[4], CultureInfo.InvariantCulture));
            Assert.True(await evidence.Store.CountAsync(collection) >= acknowledged, "Vectors that were acknowledged are not there.");
        }

        // No passage twice, none left out: each document is gone on with where it was.
        Assert.Equal(kept.Length, kept.DistinctBy(static parts => (parts[2], parts[3])).Count());
        var more = await evidence.Store.EmbedAsync();
        foreach (var collection in collections)
        {
            var view = (await evidence.Store.FindCollectionAsync(collection, null, Token))!;
            Assert.Equal(view.Passages, await evidence.Store.CountAsync(collection));
            var found = await evidence.Store.SearchAsync(collection, "cetacean", 100_000, Meanings.Query("cetacean"), Token);
            Assert.Equal(view.Passages, found.Items.Count);
        }

        output.WriteLine($"5 kills, {kept.Length} acknowledged calls, {more} passages embedded afterwards.");
    }
}
