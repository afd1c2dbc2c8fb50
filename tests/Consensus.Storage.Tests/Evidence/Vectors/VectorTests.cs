using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Tests.Evidence.Vectors;

public class VectorTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "The whale sings for hours.", "Sea otters hold hands while they sleep.", "The Brookfield bridge opened in 1931.", "The harbour is busy in winter.", "Nothing of this kind is told.",
    ];

    private readonly TemporaryEvidence _evidence = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EvidenceStore Store => _evidence.Store;

    public void Dispose()
    {
        _evidence.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task WhatHasNoWordInCommonWithAQueryIsFoundByItsVector()
    {
        var collection = await FillAsync();
        Assert.Equal(3, await Store.EmbedAsync(calls: 1)); // of three documents
        Assert.Equal(2, await Store.EmbedAsync());
        Assert.Empty((await _evidence.SearchAsync(collection, "viaduct")).Items);
        var found = await SearchAsync(collection, "viaduct");
        Assert.Equal((PassageSearch.Hybrid, 5, 5), (found.Search, found.Embedded, found.Passages));
        var hit = Assert.Single(found.Items);
        Assert.Equal((Texts[2], 1.0 / 61), (hit.Passage.Text, hit.Score));
    }

    [Fact]
    public async Task WhatBothRankingsFindStandsFirst()
    {
        var collection = await FillAsync("A whale in winter.", "In winter.");
        await Store.EmbedAsync();
        var found = await SearchAsync(collection, "cetacean in winter");
        Assert.Equal(["A whale in winter.", "In winter.", Texts[3], Texts[0]], found.Items.Select(static hit => hit.Passage.Text).Order(StringComparer.Ordinal));
        Assert.Equal("A whale in winter.", found.Items[0].Passage.Text);
        Assert.Equal(found.Items.Take(2), (await SearchAsync(collection, "cetacean in winter", most: 2)).Items);
    }

    [Fact]
    public async Task WhatIsSimilarToNothingFindsNothing()
    {
        var collection = await FillAsync();
        await Store.EmbedAsync();
        var found = await SearchAsync(collection, "Quarterly revenue");
        Assert.Equal((PassageSearch.Hybrid, 0), (found.Search, found.Items.Count));
        Assert.Empty((await SearchAsync(Guid.NewGuid(), "viaduct")).Items);
    }

    [Fact]
    public async Task WhatHasNoVectorsYetIsFoundByItsWords()
    {
        var collection = await FillAsync();
        Assert.Equal(PassageSearch.Bm25, (await SearchAsync(collection, "bridge")).Search);
        await Store.EmbedAsync(most: 1, calls: 1);
        var found = await SearchAsync(collection, "the bridge of whales");
        Assert.Equal((PassageSearch.Hybrid, 1, 5), (found.Search, found.Embedded, found.Passages));
        Assert.Equal([Texts[0], Texts[2]], found.Items.Select(static hit => hit.Passage.Text).Order(StringComparer.Ordinal).Reverse());
        await _evidence.AddAsync(collection, "A new viaduct over the river.");
        Assert.Contains((await SearchAsync(collection, "viaduct")).Items, static hit => hit.Passage.Text.StartsWith("A new viaduct", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADocumentIsEmbeddedAFewPassagesAtATimeAndGoneOnWithAfterARestart()
    {
        var collection = await _evidence.CollectionAsync();
        await _evidence.AddAsync(collection, string.Join(' ', Enumerable.Range(0, 400).Select(static i => $"Sentence {i} tells of the whale.")), "The whale");
        var passages = (await Store.FindCollectionAsync(collection, null, Token))!.Passages;
        Assert.True(passages > 7);
        Assert.Equal(6, await Store.EmbedAsync(calls: 2));
        Assert.Equal((6, passages - 6L), (await Store.CountAsync(collection), await Store.CountToEmbedAsync(Meanings.Space, Token)));
        _evidence.Reopen();
        var next = (await Store.NextAsync())!;
        Assert.Equal((6, 3), (next.First, next.Texts.Count));
        Assert.StartsWith("The whale\nSentence ", next.Texts[0], StringComparison.Ordinal);
        Assert.Equal(passages - 6, await Store.EmbedAsync());
        Assert.Equal((passages, 0L), (await Store.CountAsync(collection), await Store.CountToEmbedAsync(Meanings.Space, Token)));
        Assert.Null(await Store.NextAsync());
        Assert.Equal(passages, (await SearchAsync(collection, "cetacean", most: 100)).Items.Count);
    }

    [Fact]
    public async Task AnotherModelEmbedsAnewAndTheVectorsOfTheFirstGo()
    {
        var collection = await FillAsync();
        await Store.EmbedAsync();
        Assert.Equal(PassageSearch.Bm25, (await SearchAsync(collection, "viaduct", space: Meanings.Other)).Search);
        Assert.Equal(2, await Store.EmbedAsync(Meanings.Other, most: 1, calls: 2));
        Assert.Equal((3, 2), (await Store.CountAsync(collection), await Store.CountAsync(collection, Meanings.Other)));
        Assert.Equal(3, await Store.EmbedAsync(Meanings.Other));
        Assert.Equal((0, 5), (await Store.CountAsync(collection), await Store.CountAsync(collection, Meanings.Other)));
        Assert.Equal(Texts[2], Assert.Single((await SearchAsync(collection, "viaduct", space: Meanings.Other)).Items).Passage.Text);
        Assert.Equal(PassageSearch.Bm25, (await SearchAsync(collection, "viaduct")).Search);
    }

    [Fact]
    public async Task WhatIsDeletedIsNotFoundByItsVectorAndNotEmbeddedAnyMore()
    {
        var collection = await FillAsync();
        await Store.EmbedAsync();
        var bridge = (await SearchAsync(collection, "viaduct")).Items[0].Passage.DocumentId!.Value;
        Assert.True(await Store.DeleteDocumentAsync(collection, bridge, Token));
        Assert.Empty((await SearchAsync(collection, "viaduct")).Items);
        Assert.Equal(4, await Store.CountAsync(collection));

        await _evidence.AddAsync(collection, "A viaduct that is soon gone.");
        var task = (await Store.NextAsync())!;
        Assert.Equal(EvidenceErasure.Erased, await Store.DeleteCollectionAsync(collection, static _ => true, Token));
        Assert.False(await Store.SaveAsync(task));
        Assert.Null(await Store.NextAsync());
        Assert.Equal((0, 0L), (await Store.CountAsync(collection), await Store.CountToEmbedAsync(Meanings.Space, Token)));
    }

    [Fact]
    public async Task ACollectionWhoseDeletionWasBrokenOffIsNotEmbedded()
    {
        var collection = await FillAsync();
        await Store.EmbedAsync(most: 1, calls: 2);
        _evidence.BreakOffRemoval(collection);
        Assert.Null(await Store.NextAsync());
        await Store.OpenAsync(Token);
        Assert.Null(await Store.NextAsync());
    }

    [Fact]
    public async Task VectorsAreStoredOnce()
    {
        var collection = await FillAsync();
        var task = (await Store.NextAsync())!;
        Assert.True(await Store.SaveAsync(task));
        Assert.False(await Store.SaveAsync(task));
        Assert.Equal(1, await Store.CountAsync(collection));
    }

    [Fact]
    public async Task VectorsThatAreNotOfThePassagesAreRefused()
    {
        await FillAsync();
        var task = (await Store.NextAsync())!;
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveVectorsAsync([task], Meanings.Space, [], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveVectorsAsync([task], Meanings.Space, [default], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveVectorsAsync([task], Meanings.Space, [new float[4_097]], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveVectorsAsync([task], Meanings.Space, [new float[8], new float[8]], Token));
    }

    [Fact]
    public async Task AQueryOfAnotherLengthFindsByWordsAlone()
    {
        var collection = await FillAsync();
        await Store.EmbedAsync();
        var found = await Store.SearchAsync(collection, "bridge", 10, new QueryVector(Meanings.Space, new float[9], 0.5), Token);
        Assert.Equal((PassageSearch.Bm25, 0, 1), (found.Search, found.Embedded, found.Items.Count));
    }

    private Task<PassageHits> SearchAsync(Guid collection, string query, int most = 10, EmbeddingSpace? space = null) =>
        Store.SearchAsync(collection, query, most, Meanings.Query(query, space), Token);

    private async Task<Guid> FillAsync(params string[] more)
    {
        var collection = await _evidence.CollectionAsync();
        foreach (var text in Texts.Concat(more))
        {
            await _evidence.AddAsync(collection, text);
        }

        return collection;
    }
}
