using Consensus.Storage.Evidence;

namespace Consensus.Storage.Tests.Evidence;

public class SearchTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "The humpback whale sings for hours. Its song changes every year.",
        "Sea otters hold hands while they sleep.",
        "Whales, whales and again whales: they are all that the harbour talks of.",
        "Der Zürcher See ist im Winter selten zugefroren.",
        "鲸鱼在春天向北迁徙。",
        "Кит поёт под водой.",
        "The Brookfield bridge opened in 1931 and carries 40,000 cars a day.",
    ];

    private readonly TemporaryEvidence _evidence = new();

    public void Dispose()
    {
        _evidence.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("When did the bridge open?", 6)]
    [InlineData("otter", 1)]
    [InlineData("zurcher see", 3)]
    [InlineData("鲸鱼迁徙", 4)]
    [InlineData("鲸", 4)]
    [InlineData("КИТ", 5)]
    [InlineData("1931", 6)]
    public async Task StoredAndGivenPassagesAreFoundAlike(string query, int expected)
    {
        var collection = await FillAsync();
        var stored = (await _evidence.SearchAsync(collection, query)).Items;
        var given = PassageSearch.Rank(Given(), query, 10);
        Assert.Equal(Texts[expected], stored[0].Passage.Text);
        Assert.Equal(given.Select(static hit => (hit.Passage.Text, hit.Score)), stored.Select(static hit => (hit.Passage.Text, hit.Score)));
    }

    [Fact]
    public async Task AQuestionOfOtherThingsFindsNothing()
    {
        var collection = await FillAsync();
        Assert.Empty((await _evidence.SearchAsync(collection, "What is the capital of Australia?")).Items);
        Assert.Empty((await _evidence.SearchAsync(collection, "?!")).Items);
        Assert.Empty((await _evidence.SearchAsync(Guid.NewGuid(), "whale")).Items);
    }

    [Fact]
    public async Task WhatHasTheWordOftenerAndIsShorterStandsFirst()
    {
        var collection = await FillAsync();
        Assert.Equal([Texts[2], Texts[0]], (await _evidence.SearchAsync(collection, "whales")).Items.Select(static hit => hit.Passage.Text));
        Assert.Single((await _evidence.SearchAsync(collection, "whales", most: 1)).Items);
    }

    [Fact]
    public void EqualPassagesStandInTheOrderGiven()
    {
        var passages = Enumerable.Range(1, 200).Select(static i => Passage.OfRequest(i, "The same words.", null, null, null)[0]).ToArray();
        Assert.Equal(Enumerable.Range(1, 50), PassageSearch.Rank(passages, "same words", 50).Select(static hit => hit.Passage.Document!.Value));
    }

    [Fact]
    public async Task ADocumentIsFoundByItsTitle()
    {
        var collection = await _evidence.CollectionAsync();
        await _evidence.AddAsync(collection, "It was a good year.", "Annual report of the Harwick Pottery");
        Assert.Single((await _evidence.SearchAsync(collection, "Harwick")).Items);
    }

    [Fact]
    public async Task AnIndexMadeBeforeADocumentTakesItUpAndOneMadeAfterIsTheSame()
    {
        var collection = await FillAsync();
        await _evidence.SearchAsync(collection, "whale");
        await _evidence.AddAsync(collection, "The blue whale is the largest whale of all.");
        var gone = await _evidence.AddAsync(collection, "A whale that is soon forgotten.");
        await _evidence.Store.DeleteDocumentAsync(collection, gone.Id, TestContext.Current.CancellationToken);
        var before = await _evidence.SearchAsync(collection, "the largest whale");
        _evidence.Reopen();
        var after = await _evidence.SearchAsync(collection, "the largest whale");
        Assert.Equal(3, before.Items.Count);
        Assert.Equal(before.Items, after.Items);
    }

    [Fact]
    public async Task CollectionsDoNotWeighOnEachOther()
    {
        var collection = await FillAsync();
        var alone = await _evidence.SearchAsync(collection, "whale song");
        var other = await _evidence.CollectionAsync();
        for (var i = 0; i < 20; i++)
        {
            await _evidence.AddAsync(other, $"Whale {i} has a song.");
        }

        Assert.Equal(alone.Items, (await _evidence.SearchAsync(collection, "whale song")).Items);
    }

    [Fact]
    public async Task SearchesAndChangesAtOnceFindWhatIsThere()
    {
        var collection = await FillAsync();
        var adding = Enumerable.Range(0, 40).Select(i => _evidence.AddAsync(collection, $"Narwhal number {i}."));
        var searching = Enumerable.Range(0, 40).Select(async _ => Assert.NotEmpty((await _evidence.SearchAsync(collection, "otter")).Items));
        await Task.WhenAll([.. adding, .. searching]);
        Assert.Equal(40, (await _evidence.SearchAsync(collection, "narwhal", most: 100)).Items.Count);
    }

    [Fact]
    public void HostileQueriesAreSearchedFor()
    {
        string[] queries = ["", new string('x', 100_000), string.Join(' ', Enumerable.Range(0, 50_000)), "\"AND (OR *:* title:[", "\0\u200B", "🐋🐋🐋"];
        Assert.All(queries, query => Assert.NotNull(PassageSearch.Rank(Given(), query, 5)));
    }

    private static IReadOnlyList<Passage> Given() => [.. Texts.SelectMany(static (text, i) => Passage.OfRequest(i + 1, text, null, null, null))];

    private async Task<Guid> FillAsync()
    {
        var collection = await _evidence.CollectionAsync();
        foreach (var text in Texts)
        {
            await _evidence.AddAsync(collection, text);
        }

        return collection;
    }
}
