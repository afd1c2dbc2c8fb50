using Consensus.Storage.Evidence;
using Consensus.Storage.Tests.Evidence;

namespace Consensus.Storage.Tests.Postgres;

/// <summary>A collection large enough that most words are not looked for: what is found is what a look at every passage finds.</summary>
[OnPostgres]
public sealed class PassageSearcherTests : IDisposable
{
    private const int Documents = 40;
    private const int Sentences = 600;
    private const int SentenceWords = 11;
    private const int Most = 25;

    private readonly TemporaryEvidence _evidence = new();
    private readonly Random _random = new(5);

    public void Dispose() => _evidence.Dispose();

    [Fact]
    public async Task LeavingCommonWordsAsideChangesNothing()
    {
        var (collection, gone) = (await _evidence.CollectionAsync(), await _evidence.CollectionAsync());
        var given = new List<Passage>();
        for (var i = 0; i < Documents; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, Sentences).Select(_ => $"{Words(SentenceWords)}."));
            await _evidence.AddAsync(collection, text);
            given.AddRange(Passage.OfRequest(i + 1, text, null, null, null));
            if (i % 4 == 0)
            {
                // Neither other collections nor what was deleted weighs on it.
                await _evidence.AddAsync(gone, text);
                var deleted = await _evidence.AddAsync(collection, $"{text} And more.");
                await _evidence.Store.DeleteDocumentAsync(collection, deleted.Id, TestContext.Current.CancellationToken);
            }
        }

        Assert.True(given.Count > 1_500, $"{given.Count} passages");
        foreach (var words in new[] { 1, 2, 6, 12, 40 }.SelectMany(static words => Enumerable.Repeat(words, 12)))
        {
            var query = Words(words);
            var expected = PassageSearch.Rank(given, query, Most);
            var found = (await _evidence.SearchAsync(collection, query, Most)).Items;

            // Which of those come that are equal at the end is left to the ids, which differ.
            Assert.Equal(expected.Select(static hit => hit.Score), found.Select(static hit => hit.Score));
            Assert.Equal(Surely(expected), Surely(found));
        }
    }

    private static IEnumerable<(double Score, string Text)> Surely(IReadOnlyList<RankedPassage> hits) =>
        hits.Where(hit => hit.Score > hits[^1].Score).Select(static hit => (hit.Score, hit.Passage.Text)).OrderByDescending(static hit => hit.Score).ThenBy(static hit => hit.Text, StringComparer.Ordinal);

    /// <summary>Words by Zipf's law: the first is in nearly every passage, most are in few.</summary>
    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"w{(int)Math.Exp(_random.NextDouble() * Math.Log(3_000))}x"));
}
