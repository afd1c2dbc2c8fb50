using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Copying;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>From a file to a server, and back.</summary>
public sealed class EvidenceCopyTests : IDisposable
{
    private readonly TemporaryEvidence _file = new(isOnServer: false);
    private readonly TemporaryEvidence _server = new(isOnServer: true);
    private readonly TemporaryEvidence _back = new(isOnServer: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _file.Dispose();
        _server.Dispose();
        _back.Dispose();
    }

    [Fact]
    public async Task AStoreThatGoesToAServerAndBackIsTheSameByHashAndIsSearchedAlike()
    {
        var collections = await FillAsync();
        var there = await CopyAsync(_file, _server);
        var back = await CopyAsync(_server, _back);

        Assert.True(there.IsEqual);
        Assert.True(back.IsEqual);
        Assert.Equal(there.From, back.To);
        Assert.Equal((2, 65, 30), (there.From.Collections, there.From.Documents, there.From.Records));
        Assert.Equal(new EvidenceCopyCounts(97, 0, 0, 0), there.Counts);
        Assert.Equal(there.From, await EvidenceCopy.DigestAsync(_back.Store, Token));
        foreach (var collection in collections)
        {
            var expected = await _file.SearchAsync(collection, "tide at the quay", 100);
            Assert.NotEmpty(expected.Items);
            Assert.Equal(expected.Items, (await _server.SearchAsync(collection, "tide at the quay", 100)).Items);
            Assert.Equal(expected.Items, (await _back.SearchAsync(collection, "tide at the quay", 100)).Items);
        }

        Assert.Equal(_file.Store.Holding, _server.Store.Holding);
        Assert.Equal(_file.Store.Holding, _back.Store.Holding);
        Assert.Single((await _server.Store.ListEvidenceAsync(new EvidenceFilter { KeyId = "ann", Limit = 1 }, Token)).Items);
        await _server.AddAsync(collections[0], "What comes later is taken as ever.");
    }

    [Fact]
    public async Task ACopyThatWasBrokenOffIsGoneOnWith()
    {
        await FillAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EvidenceCopy.RunAsync(_file.Store, _server.Store, removeOthers: false, counts =>
        {
            if (counts.Copied >= 20)
            {
                enough.Cancel();
            }
        }, enough.Token));
        var part = await EvidenceCopy.DigestAsync(_server.Store, Token);
        Assert.InRange(part.Documents, 20, 64);
        var found = (await _server.Store.ListCollectionsAsync(null, 10, null, Token)).Items;
        Assert.Equal(part.Documents, found.Sum(static collection => collection.Documents)); // counted as they are by then

        var rest = await CopyAsync(_file, _server);
        Assert.True(rest.IsEqual);
        Assert.Equal(part.Documents + 1, rest.Counts.Equal); // and the collection that was done
        Assert.Equal(0, rest.Counts.Removed);
        var again = await CopyAsync(_file, _server);
        Assert.Equal(new EvidenceCopyCounts(0, 97, 0, 0), again.Counts);
    }

    [Fact]
    public async Task WhatDiffersIsMendedAndWhatWasDeletedFollows()
    {
        var collections = await FillAsync();
        await CopyAsync(_file, _server);
        var documents = (await _file.Store.ListDocumentsAsync(collections[0], 100, null, Token)).Items;
        var stored = _server.Stored("documents", documents[0].Id);
        stored["title"] = "Another title";
        _server.Change("documents", documents[0].Id, stored);

        // The same content came there on its own, under another id.
        await _server.Store.DeleteDocumentAsync(collections[0], documents[1].Id, Token);
        await _server.AddAsync(collections[0], (await _file.Store.FindDocumentAsync(collections[0], documents[1].Id, Token))!.Text!);
        var foreign = await _server.AddAsync(collections[0], "Only the server has this.");
        await _file.Store.DeleteDocumentAsync(collections[0], documents[2].Id, Token);
        var record = (await _file.Store.ListEvidenceAsync(new EvidenceFilter(), Token)).Items[0].EvidenceId;
        await _server.Store.SaveEvidenceAsync((await _file.Store.FindEvidenceAsync(record, null, Token))! with { Question = "Changed?" }, "ann", Token);

        var receipt = await CopyAsync(_file, _server);

        Assert.True(receipt.IsEqual);
        Assert.Equal((0, 4, 2), (receipt.Counts.Copied, receipt.Counts.Mended, receipt.Counts.Removed)); // the collection, two documents, the record
        Assert.Null(await _server.Store.FindDocumentAsync(collections[0], foreign.Id, Token));
        Assert.Equal(documents[0].Title, (await _server.Store.FindDocumentAsync(collections[0], documents[0].Id, Token))!.Title);
        Assert.Equal(
            (await _file.SearchAsync(collections[0], "tide quay server", 100)).Items, (await _server.SearchAsync(collections[0], "tide quay server", 100)).Items);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatOnlyTheOtherHasStaysUnlessItIsToGo(bool removeOthers)
    {
        await FillAsync();
        var own = await _server.CollectionAsync("bob");
        await _server.AddAsync(own, "Of the server's own.");
        await _server.Store.SaveEvidenceAsync(RecordTests.Record(99), "bob", Token);

        var receipt = await EvidenceCopy.RunAsync(_file.Store, _server.Store, removeOthers, told: null, Token);

        Assert.True(receipt.IsEqual);
        Assert.Equal(removeOthers ? (3, 0) : (0, 2), (receipt.Counts.Removed, receipt.Others));
        Assert.Equal(removeOthers, await _server.Store.FindCollectionAsync(own, null, Token) is null);
        Assert.Equal(removeOthers, !_server.Holds("server's own"));
    }

    [Fact]
    public async Task WhatIsOfALaterVersionIsRefused()
    {
        var collections = await FillAsync();
        var stored = _file.Stored("collections", collections[0]);
        stored["schemaVersion"] = 9;
        _file.Change("collections", collections[0], stored);
        await Assert.ThrowsAsync<EvidenceVersionException>(() => CopyAsync(_file, _server));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CopyAsync(_file, _file));
    }

    [Fact]
    public async Task AWalkWithinATransactionSeesOneMomentOfAServerThatIsWrittenToMeanwhile()
    {
        var collection = await _server.CollectionAsync();
        for (var i = 0; i < 30; i++)
        {
            await _server.AddAsync(collection, $"Report {i} tells of the tide.");
        }

        using var other = _server.Open();
        var (counted, walked) = await _server.Store.ReadAsync(
            rows =>
            {
                var there = EvidenceWalk.Collections(rows).Single();
                other.DeleteCollectionAsync(collection, static _ => true, Token).GetAwaiter().GetResult();
                return (there.Documents, EvidenceWalk.Documents(rows, collection).Count());
            },
            Token);

        Assert.Equal((30, 30), (counted, walked));
        Assert.Equal(0, (await EvidenceCopy.DigestAsync(_server.Store, Token)).Documents);
    }

    private static Task<EvidenceReceipt> CopyAsync(TemporaryEvidence from, TemporaryEvidence to) =>
        EvidenceCopy.RunAsync(from.Store, to.Store, removeOthers: false, told: null, Token);

    /// <summary>Two collections of 60 and 5 documents, and 30 records.</summary>
    private async Task<Guid[]> FillAsync()
    {
        Guid[] collections = [await _file.CollectionAsync("ann"), await _file.CollectionAsync("bob", shared: true)];
        for (var i = 0; i < 65; i++)
        {
            var lines = Enumerable.Range(0, 1 + (i % 30)).Select(line => $"Line {line} of report {i} tells of the tide \"at\" the quay, 潮 {i * line}.");
            await _file.AddAsync(collections[i < 60 ? 0 : 1], string.Join(i % 2 == 0 ? " " : "\n\n", lines), i % 3 == 0 ? null : $"Report {i}");
        }

        for (var i = 0; i < 30; i++)
        {
            var record = RecordTests.Record(i) with { RunId = i % 2 == 0 ? Guid.CreateVersion7() : null, Question = $"Question {i}\0?" };
            await _file.Store.SaveEvidenceAsync(record, i % 2 == 0 ? "ann" : null, Token);
        }

        return collections;
    }
}
