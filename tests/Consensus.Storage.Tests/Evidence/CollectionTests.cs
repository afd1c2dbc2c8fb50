using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Tests.Evidence;

public class CollectionTests : IDisposable
{
    private readonly TemporaryEvidence _evidence = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _evidence.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ACollectionIsSeenByItsKeyByAllWhenSharedAndByWhoSeesAll()
    {
        var own = await _evidence.CollectionAsync("ann");
        var shared = await _evidence.CollectionAsync("ann", shared: true);
        Assert.NotNull(await _evidence.Store.FindCollectionAsync(own, "ann", Token));
        Assert.Null(await _evidence.Store.FindCollectionAsync(own, "bob", Token));
        Assert.NotNull(await _evidence.Store.FindCollectionAsync(own, null, Token));
        Assert.NotNull(await _evidence.Store.FindCollectionAsync(shared, "bob", Token));
        Assert.Equal(2, (await _evidence.Store.ListCollectionsAsync("ann", 10, null, Token)).Items.Count);
        Assert.Equal([shared], (await _evidence.Store.ListCollectionsAsync("bob", 10, null, Token)).Items.Select(static c => c.Id));
    }

    [Fact]
    public async Task PagesOfCollectionsAndDocumentsJoinWithoutGapOrRepetition()
    {
        var collections = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            collections.Add(await _evidence.CollectionAsync());
        }

        var documents = new List<Guid>();
        for (var i = 0; i < 7; i++)
        {
            documents.Add((await _evidence.AddAsync(collections[0], $"Document {i}.")).Id);
        }

        await _evidence.AddAsync(collections[1], "Of another collection.");
        var listed = await AllAsync(async cursor => await _evidence.Store.ListCollectionsAsync(null, 3, cursor, Token));
        Assert.Equal(collections.Select(static id => id.ToString("N")).OrderDescending(StringComparer.Ordinal), listed.Select(static c => c.Id.ToString("N")));
        var found = await AllAsync(async cursor => await _evidence.Store.ListDocumentsAsync(collections[0], 3, cursor, Token));
        Assert.Equal(documents.Select(static id => id.ToString("N")).OrderDescending(StringComparer.Ordinal), found.Select(static d => d.Id.ToString("N")));
        await Assert.ThrowsAsync<InvalidCursorException>(() => _evidence.Store.ListDocumentsAsync(collections[0], 3, "AAAA", Token));
        var next = (await _evidence.Store.ListDocumentsAsync(collections[0], 3, null, Token)).Next;
        await Assert.ThrowsAsync<InvalidCursorException>(() => _evidence.Store.ListDocumentsAsync(collections[1], 3, next, Token));
    }

    [Fact]
    public async Task ADocumentIsReadBackWithItsTextAndPassages()
    {
        var collection = await _evidence.CollectionAsync();
        const string Text = "Whales sing. \"Кит\" — 鲸鱼 🐋.\n\nThey travel far.";
        var added = await _evidence.AddAsync(collection, Text, "Whales");
        _evidence.Reopen();
        var found = (await _evidence.Store.FindDocumentAsync(collection, added.Id, Token))!;
        Assert.Equal((Text, "Whales", "https://example.org/a", "CC0-1.0", "text/plain"), (found.Text, found.Title, found.Source, found.Licence, found.MediaType));
        Assert.Equal(Text.Length, found.Characters);
        var passages = (await _evidence.Store.PassagesOfAsync(collection, added.Id, Token))!;
        Assert.Equal(found.Passages, passages.Count);
        Assert.All(passages, passage => Assert.Equal(Text[passage.Start..passage.End], passage.Text));
        Assert.Equal(passages.Select(static p => p.Id), Passage.OfRequest(1, Text, null, null, null).Select(static p => p.Id));
        var counted = (await _evidence.Store.FindCollectionAsync(collection, null, Token))!;
        Assert.Equal((1, passages.Count, Text.Length), (counted.Documents, counted.Passages, (int)counted.Characters));
    }

    [Fact]
    public async Task TheSameTextAgainIsTheDocumentThatIsThere()
    {
        var collection = await _evidence.CollectionAsync();
        var first = await _evidence.AddAsync(collection, "Once said.");
        var again = await _evidence.TryAddAsync(collection, "Once said.", "Another title");
        Assert.Equal((DocumentAdded.WasThere, first.Id), (again.Outcome, again.Document!.Id));
        Assert.Null(again.Document.Title);
        Assert.Equal(1, (await _evidence.Store.FindCollectionAsync(collection, null, Token))!.Documents);
        await _evidence.AddAsync(await _evidence.CollectionAsync(), "Once said.");
    }

    [Fact]
    public async Task ADocumentOfAnotherCollectionOrNoneIsNotFound()
    {
        var collection = await _evidence.CollectionAsync();
        var document = await _evidence.AddAsync(collection, "Here.");
        var other = await _evidence.CollectionAsync();
        Assert.Null(await _evidence.Store.FindDocumentAsync(other, document.Id, Token));
        Assert.False(await _evidence.Store.DeleteDocumentAsync(other, document.Id, Token));
        Assert.Null(await _evidence.Store.PassagesOfAsync(collection, Guid.NewGuid(), Token));
        Assert.Equal(DocumentAdded.NoCollection, (await _evidence.TryAddAsync(Guid.NewGuid(), "Where?")).Outcome);
        Assert.Equal(DocumentAdded.NoCollection, (await _evidence.Store.AddDocumentAsync(
            collection, new NewDocument("Mine?", "text/plain", null, null, null), static _ => false, Token)).Outcome);
    }

    [Fact]
    public async Task WhatIsDeletedIsGoneWithEveryTrace()
    {
        const string Canary = "quetzalcoatlus";
        var collection = await _evidence.CollectionAsync();
        var kept = await _evidence.AddAsync(collection, "Kept as it is.");
        var large = await _evidence.AddAsync(collection, string.Join(' ', Enumerable.Repeat($"The {Canary} flew over the plain.", 4_000)));
        var small = await _evidence.AddAsync(collection, $"A {Canary}.", $"On {Canary}");
        await _evidence.SearchAsync(collection, Canary);
        Assert.True(_evidence.Holds(Canary));
        Assert.True(await _evidence.Store.DeleteDocumentAsync(collection, large.Id, Token));
        Assert.True(await _evidence.Store.DeleteDocumentAsync(collection, small.Id, Token));
        Assert.False(await _evidence.Store.DeleteDocumentAsync(collection, small.Id, Token));
        Assert.False(_evidence.Holds(Canary));
        Assert.Empty((await _evidence.SearchAsync(collection, Canary)).Items);
        var left = (await _evidence.Store.FindCollectionAsync(collection, null, Token))!;
        Assert.Equal((1, kept.Passages, (long)kept.Characters), (left.Documents, left.Passages, left.Characters));
    }

    [Fact]
    public async Task ACollectionGoesWithAllItsDocumentsAndOnlyWithThose()
    {
        var kept = await _evidence.CollectionAsync();
        await _evidence.AddAsync(kept, "Stays for good.");
        var gone = await _evidence.CollectionAsync("ann");
        for (var i = 0; i < 120; i++)
        {
            await _evidence.AddAsync(gone, $"Archaeopteryx number {i}.");
        }

        Assert.Equal(EvidenceErasure.NotAllowed, await _evidence.Store.DeleteCollectionAsync(gone, static key => key == "bob", Token));
        Assert.Equal(EvidenceErasure.Erased, await _evidence.Store.DeleteCollectionAsync(gone, static key => key == "ann", Token));
        Assert.Equal(EvidenceErasure.NotThere, await _evidence.Store.DeleteCollectionAsync(gone, static _ => true, Token));
        Assert.Empty((await _evidence.SearchAsync(gone, "archaeopteryx")).Items);
        Assert.False(_evidence.Holds("Archaeopteryx"));
        Assert.Single((await _evidence.SearchAsync(kept, "good")).Items);

        // What is told of the whole is kept up with each change, and counted again by the next process.
        Assert.Equal((1, 1), (_evidence.Store.Holding.Documents, _evidence.Store.Holding.Passages));
        var another = await _evidence.AddAsync(kept, string.Join(' ', Enumerable.Range(0, 40).Select(i => $"The auk number {i} was seen on the northern cliffs that day.")));
        Assert.Equal((2, 1 + another.Passages), (_evidence.Store.Holding.Documents, _evidence.Store.Holding.Passages));
        await _evidence.Store.DeleteDocumentAsync(kept, another.Id, Token);
        _evidence.Reopen();
        Assert.Single((await _evidence.SearchAsync(kept, "good")).Items);
        Assert.Equal((1, 1), (_evidence.Store.Holding.Documents, _evidence.Store.Holding.Passages));
    }

    [Fact]
    public async Task ADeletionThatWasBrokenOffIsFinishedAtTheNextOpening()
    {
        var collection = await _evidence.CollectionAsync();
        await _evidence.AddAsync(collection, "The last auk was seen here.");
        _evidence.BreakOffRemoval(collection);
        Assert.True(_evidence.Holds("auk"));
        await _evidence.Store.OpenAsync(Token);
        Assert.False(_evidence.Holds("auk"));
    }

    [Fact]
    public async Task AKeyHasSoManyCollectionsAndNoMore()
    {
        for (var i = 0; i < Limits.CollectionsPerKey; i++)
        {
            await _evidence.CollectionAsync("ann");
        }

        Assert.Null(await _evidence.Store.CreateCollectionAsync(new NewCollection { Name = "One more" }, "ann", Token));
        await _evidence.CollectionAsync("bob");
        await _evidence.CollectionAsync();
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<Contracts.Runs.Page<T>>> read)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
