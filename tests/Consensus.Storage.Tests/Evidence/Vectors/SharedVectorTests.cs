using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Tests.Postgres;
using Consensus.Testing;

namespace Consensus.Storage.Tests.Evidence.Vectors;

/// <summary>Vectors on a server: several processes, and the same finds as in a file.</summary>
[OnPostgres]
public sealed class SharedVectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneProcessAtATimeEmbeds()
    {
        using var evidence = new TemporaryEvidence();
        using var other = evidence.Open();
        var collection = await evidence.CollectionAsync();
        await evidence.AddAsync(collection, "The whale sings.");
        Assert.NotNull(await evidence.Store.NextAsync(holder: "one"));
        var turn = await other.TakeEmbeddingTurnAsync(Meanings.Space, 3, "two", EmbeddedEvidence.Lease, Token);
        Assert.Equal((false, 0), (turn.IsOurs, turn.Tasks.Count));
        Assert.NotNull(await evidence.Store.NextAsync(holder: "one"));

        await evidence.Store.EndEmbeddingTurnAsync("one", Token);
        Assert.NotNull(await other.NextAsync(holder: "two"));
        Assert.Null(await evidence.Store.NextAsync(holder: "one"));

        // One that has ended without a word is waited for no longer than its lease.
        TestPostgres.Run(evidence.Database!, "UPDATE evidence.embedder SET until = clock_timestamp() - interval '1 second'");
        Assert.NotNull(await evidence.Store.NextAsync(holder: "one"));
    }

    [Fact]
    public async Task ManyProcessesAtOnceEmbedEachPassageOnce()
    {
        using var evidence = new TemporaryEvidence();
        var collection = await evidence.CollectionAsync();
        for (var i = 0; i < 30; i++)
        {
            await evidence.AddAsync(collection, $"Whale number {i} sings.");
        }

        var stores = Enumerable.Range(0, 4).Select(_ => evidence.Open()).ToArray();
        var done = await Task.WhenAll(stores.Select(static (store, i) => store.EmbedAsync(holder: $"process {i}")));
        Assert.Equal(30, done.Sum());
        Assert.Equal(30, await evidence.Store.CountAsync(collection));
        foreach (var store in stores)
        {
            store.Dispose();
        }
    }

    [Fact]
    public async Task AFileAndAServerFindTheSameToTheLastBit()
    {
        using var file = new TemporaryEvidence(isOnServer: false);
        using var server = new TemporaryEvidence(isOnServer: true);
        string[] words = ["whale", "otter", "bridge", "opened", "sleep", "harbour", "cetacean", "viaduct", "port", "tide", "quay", "stone"];
        var random = new Random(7);
        var collection = await file.CollectionAsync();
        for (var i = 0; i < 60; i++)
        {
            await file.AddAsync(collection, string.Join(' ', Enumerable.Range(0, 5 + (i % 9)).Select(_ => words[random.Next(words.Length)])) + $" {i}.", i % 3 == 0 ? "Port" : null);
        }

        await EvidenceCopy.RunAsync(file.Store, server.Store, removeOthers: false, told: null, Token);
        Assert.Equal((60, 60), (await file.Store.EmbedAsync(), await server.Store.EmbedAsync()));
        foreach (var query in words.SelectMany(one => words.Select(other => $"{one} {other}")))
        {
            var expected = await file.Store.SearchAsync(collection, query, 20, Meanings.Query(query), Token);
            var found = await server.Store.SearchAsync(collection, query, 20, Meanings.Query(query), Token);
            Assert.Equal((expected.Search, expected.Embedded, expected.Passages), (found.Search, found.Embedded, found.Passages));
            Assert.Equal(expected.Items, found.Items);
        }
    }

    [Fact]
    public async Task AStoreOfBeforeGetsItsTablesAndIsEmbedded()
    {
        using var evidence = new TemporaryEvidence();
        var collection = await evidence.CollectionAsync();
        await evidence.AddAsync(collection, "The whale sings.");
        TestPostgres.Run(
            evidence.Database!,
            """
            DROP TABLE evidence.vectors; DROP TABLE evidence.embedder; ALTER TABLE evidence.documents DROP COLUMN embedded_by;
            DELETE FROM evidence.schema_versions WHERE scriptname LIKE '%0002%'
            """);
        evidence.Reopen();
        Assert.Equal(1, await evidence.Store.EmbedAsync());
        Assert.Single((await evidence.Store.SearchAsync(collection, "cetacean", 10, Meanings.Query("cetacean"), Token)).Items);
    }
}
