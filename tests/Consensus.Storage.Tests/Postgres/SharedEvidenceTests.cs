using Consensus.Contracts;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Databases;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Postgres;
using Consensus.Storage.Tests.Evidence;
using Consensus.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Storage.Tests.Postgres;

/// <summary>Several processes with one evidence store: here, stores of their own with one database.</summary>
[OnPostgres]
public sealed class SharedEvidenceTests : IDisposable
{
    private readonly TemporaryEvidence _one = new();
    private readonly EvidenceStore _other;

    public SharedEvidenceTests() => _other = _one.Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _other.Dispose();
        _one.Dispose();
    }

    [Fact]
    public async Task StoresThatBeginAtOnceMakeOneSchema()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => _one.Open()).ToArray();
        await Task.WhenAll(stores.Select(static store => store.OpenAsync(Token)));
        foreach (var (store, i) in stores.Select(static (store, i) => (store, i)))
        {
            Assert.NotNull(await store.CreateCollectionAsync(new NewCollection { Name = $"Of {i}" }, null, Token));
            store.Dispose();
        }

        Assert.Equal(stores.Length, (await _other.ListCollectionsAsync(null, 10, null, Token)).Items.Count);
    }

    [Fact]
    public async Task WhatOneWritesTheOtherFindsAndWhatOneDeletesIsGoneAtTheOther()
    {
        var collection = await _one.CollectionAsync();
        Assert.Empty((await _other.SearchAsync(collection, "heron", 10, Token)).Items);
        var document = await _one.AddAsync(collection, "The grey heron stands in the reeds.");
        Assert.Single((await _other.SearchAsync(collection, "heron", 10, Token)).Items);
        Assert.Equal("The grey heron stands in the reeds.", (await _other.FindDocumentAsync(collection, document.Id, Token))!.Text);
        Assert.Equal(new EvidenceHolding(1, 1), _other.Holding);
        Assert.True(_other.MeasureBytes() > 0);
        var record = RecordTests.Record(1);
        await _other.SaveEvidenceAsync(record, "ann", Token);
        Assert.NotNull(await _one.Store.FindEvidenceAsync(record.EvidenceId, "ann", Token));

        Assert.True(await _other.DeleteDocumentAsync(collection, document.Id, Token));
        Assert.Null(await _one.Store.FindDocumentAsync(collection, document.Id, Token));
        Assert.Empty((await _one.SearchAsync(collection, "heron")).Items);
        Assert.Equal(EvidenceErasure.Erased, await _one.Store.DeleteEvidenceAsync(record.EvidenceId, static _ => true, Token));
        Assert.Equal(EvidenceErasure.NotThere, await _other.DeleteEvidenceAsync(record.EvidenceId, static _ => true, Token));
        Assert.Equal(EvidenceErasure.Erased, await _one.Store.DeleteCollectionAsync(collection, static _ => true, Token));
        Assert.Null(await _other.FindCollectionAsync(collection, null, Token));
        Assert.Equal(DocumentAdded.NoCollection, (await AddAsync(_other, collection, "Too late.")).Outcome);
        Assert.Equal(default, _other.Holding);
    }

    [Fact]
    public async Task ADocumentThatIsAddedByManyAtOnceIsThereOnce()
    {
        var collection = await _one.CollectionAsync();
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(static i => $"Line {i} tells of the bittern in the reeds by the lake."));
        var addings = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AddAsync(i % 2 == 0 ? _one.Store : _other, collection, text)));
        Assert.Single(addings, static adding => adding.Outcome == DocumentAdded.Added);
        Assert.Equal(11, addings.Count(static adding => adding.Outcome == DocumentAdded.WasThere));
        var document = Assert.Single(addings.Select(static adding => adding.Document!.Id).Distinct());
        var found = (await _other.FindCollectionAsync(collection, null, Token))!;
        Assert.Equal((1, (long)text.Length), (found.Documents, found.Characters));
        Assert.Equal(found.Passages, (await _one.Store.PassagesOfAsync(collection, document, Token))!.Count);
        Assert.Equal(found.Passages, (await _one.SearchAsync(collection, "bittern", 100)).Items.Count);
    }

    [Fact]
    public async Task CountsStayRightWhenBothAddAndDeleteAtOnce()
    {
        var collection = await _one.CollectionAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var (adder, deleter) = i % 2 == 0 ? (_one.Store, _other) : (_other, _one.Store);
            var added = await AddAsync(adder, collection, $"Curlew number {i} called over the marsh.");
            if (i % 4 == 0)
            {
                Assert.Contains(true, await Task.WhenAll(deleter.DeleteDocumentAsync(collection, added.Document!.Id, Token), adder.DeleteDocumentAsync(collection, added.Document.Id, Token)));
            }
        }));
        var left = (await _other.ListDocumentsAsync(collection, 100, null, Token)).Items;
        var found = (await _one.Store.FindCollectionAsync(collection, null, Token))!;
        Assert.Equal((30, left.Sum(static document => document.Passages), left.Sum(static document => (long)document.Characters)), (found.Documents, found.Passages, found.Characters));

        // What the ranking rests on, too.
        using (var connection = new NpgsqlConnection(_one.Database! + ";Pooling=false"))
        {
            var counted = connection.Query<(string Word, long Passages)>("SELECT word, passages FROM evidence.words ORDER BY word COLLATE \"C\"");
            var there = connection.Query<(string Word, long Passages)>(
                "SELECT word, ndoc::bigint FROM ts_stat('SELECT words FROM evidence.passages') ORDER BY word COLLATE \"C\"");
            Assert.Equal(there, counted);
            Assert.Equal(
                connection.QuerySingle<long>("SELECT sum(nentry)::bigint FROM ts_stat('SELECT words FROM evidence.passages')"),
                connection.QuerySingle<long>("SELECT words FROM evidence.collections"));
        }

        // A collection that never had the others ranks alike.
        var afresh = await _one.CollectionAsync();
        foreach (var document in left.Reverse())
        {
            await _one.AddAsync(afresh, (await _other.FindDocumentAsync(collection, document.Id, Token))!.Text!);
        }

        Assert.Equal(
            (await _other.SearchAsync(afresh, "curlew number 7", 40, Token)).Items.Select(static hit => (hit.Passage.Text, hit.Score)).Order(),
            (await _one.SearchAsync(collection, "curlew number 7", 40)).Items.Select(static hit => (hit.Passage.Text, hit.Score)).Order());
    }

    [Fact]
    public async Task LimitsHoldWhenManyComeAtOnce()
    {
        for (var i = 0; i < Limits.CollectionsPerKey - 3; i++)
        {
            await _one.CollectionAsync("ann");
        }

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? _one.Store : _other).CreateCollectionAsync(new NewCollection { Name = "More" }, "ann", Token)));
        Assert.Equal(3, made.Count(static one => one is not null));

        var nearlyFull = await _one.CollectionAsync("bob");
        var stored = _one.Stored("collections", nearlyFull);
        stored["documents"] = Limits.CollectionDocuments - 2;
        _one.Change("collections", nearlyFull, stored);
        var addings = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AddAsync(i % 2 == 0 ? _one.Store : _other, nearlyFull, $"Document {i}.")));
        Assert.Equal((2, 8), (addings.Count(static adding => adding.Outcome == DocumentAdded.Added), addings.Count(static adding => adding.Outcome == DocumentAdded.Full)));
    }

    [Fact]
    public async Task ACollectionThatBothDeleteGoesOnceAndTakesWhatWasBeingAddedWithIt()
    {
        var collection = await _one.CollectionAsync();
        for (var i = 0; i < 120; i++)
        {
            await _one.AddAsync(collection, $"Osprey number {i}.");
        }

        var adding = Enumerable.Range(0, 10).Select(i => AddAsync(_other, collection, $"A late osprey, {i}."));
        var deleting = new[] { _one.Store, _other }.Select(store => store.DeleteCollectionAsync(collection, static _ => true, Token)).ToArray();
        await Task.WhenAll([.. deleting, .. adding]);
        Assert.Equal([EvidenceErasure.Erased, EvidenceErasure.NotThere], deleting.Select(static task => task.Result).Order());
        Assert.False(_one.Holds("osprey"));
        Assert.False(_one.Holds(collection.ToString("D")));
    }

    [Fact]
    public async Task ALostConnectionFailsWhatGoesOnAndTheNextUseIsServed()
    {
        var collection = await _one.CollectionAsync();
        TestPostgres.Run(_one.Database!, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => _one.Store.FindCollectionAsync(collection, null, Token));
        Assert.NotNull(await _one.Store.FindCollectionAsync(collection, null, Token));
    }

    [Fact]
    public async Task TablesThatWereTakenAwayAreMadeAnew()
    {
        await _one.CollectionAsync();
        TestPostgres.Run(_one.Database!, "DROP SCHEMA evidence CASCADE");
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => _one.Store.ProbeAsync(Token));
        await _one.Store.ProbeAsync(Token);
        Assert.Empty((await _one.Store.ListCollectionsAsync(null, 10, null, Token)).Items);
    }

    [Fact]
    public async Task ADatabaseOfALaterVersionIsRefused()
    {
        await _one.Store.ProbeAsync(Token);
        TestPostgres.Run(_one.Database!, "INSERT INTO evidence.schema_versions (scriptname, applied) VALUES ('evidence/9999_from_the_future.sql', '2030-01-01')");
        var refused = await Assert.ThrowsAsync<EvidenceUnavailableException>(() => _other.ProbeAsync(Token));
        Assert.Contains("9999_from_the_future.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUserThatMayNotMakeASchemaTakesOneThatIsThere()
    {
        TestPostgres.Run(_one.Database!, "DROP ROLE IF EXISTS narrow");
        TestPostgres.Run(_one.Database!, "CREATE ROLE narrow LOGIN");
        var narrow = new NpgsqlConnectionStringBuilder(_one.Database!) { Username = "narrow" }.ConnectionString;
        using var store = EvidenceStore.OfServer(narrow, TimeProvider.System, NullLogger.Instance);
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => store.ProbeAsync(Token));
        TestPostgres.Run(_one.Database!, "CREATE SCHEMA evidence AUTHORIZATION narrow");
        await store.ProbeAsync(Token);
        Assert.NotNull(await store.CreateCollectionAsync(new NewCollection { Name = "Narrow" }, null, Token));
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerIsUnavailableAndMeasuresNothing()
    {
        using var store = new EvidenceStore(
            new EvidenceServer("Host=127.0.0.1;Port=1;Database=none;Username=u;Password=geheim;Timeout=2", NullLogger.Instance), new EvidenceOptions(), TimeProvider.System);
        Assert.Equal("127.0.0.1:1/none", store.Place);
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => store.ProbeAsync(Token));
        Assert.Equal((0L, default), (store.MeasureBytes(), store.Holding));
        await Assert.ThrowsAsync<EvidenceUnavailableException>(() => store.CopyAsync("nowhere", Token));
    }

    [Fact]
    public async Task AnyTextIsReadBackAsItWasStored()
    {
        var record = RecordTests.Record(1) with { Question = "\0 and \uFDD0\uFDD1 and \"\\\u0001\u2028🐋 and 鲸" };
        await _one.Store.SaveEvidenceAsync(record, null, Token);
        Assert.Equal(record.Question, (await _other.FindEvidenceAsync(record.EvidenceId, null, Token))!.Question);
        var collection = await _one.CollectionAsync();
        await _one.AddAsync(collection, @"It's a \ back'slash'd o'clock 'quoted\' 7/7 a:1 & b|c !d <-> e* 鲸鱼", @"O'Brien \ & Co");
        Assert.All(
            new[] { "o'clock", @"back'slash'd \", "7/7", "a:1 & b", "O'Brien", "鲸鱼" },
            words => Assert.Single(_one.Store.SearchAsync(collection, words, 5, Token).GetAwaiter().GetResult().Items));
    }

    [Fact]
    public void ScriptsThatHaveShippedAreUnchangedNumberedAndListed() =>
        PostgresSchemaTests.AssertShipped("Consensus.Storage/Postgres/EvidenceMigrations", "evidence/", Migrations.EvidenceScripts);

    private static Task<DocumentAdding> AddAsync(EvidenceStore store, Guid collection, string text) =>
        store.AddDocumentAsync(collection, new NewDocument(text, "text/plain", null, null, null), static _ => true, Token);
}
