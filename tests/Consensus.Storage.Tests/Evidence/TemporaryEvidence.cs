using System.Text.Json.Nodes;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Postgres;
using Consensus.Storage.Tests.Postgres;
using Consensus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>An evidence store in a folder or a database of its own, which goes with it.</summary>
internal sealed class TemporaryEvidence : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-evidence-");
    private readonly TimeProvider _time;
    private readonly IStoredEvidence _stored;

    public TemporaryEvidence(TimeProvider? time = null, bool? isOnServer = null)
    {
        _time = time ?? TimeProvider.System;
        Database = isOnServer ?? OnPostgresAttribute.IsOn ? TestPostgres.NewDatabase() : null;
        _stored = Database is null ? new StoredInFile(File) : new StoredOnServer(Database);
        Store = Open();
    }

    public EvidenceStore Store { get; private set; }

    /// <summary>Where it is stored, when not in a file.</summary>
    public string? Database { get; }

    public string Folder => _folder.FullName;

    public string File => Path.Combine(Folder, "evidence.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public EvidenceStore Open(bool isEnabled = true)
    {
        var options = new EvidenceOptions { Enabled = isEnabled };
        return Database is null
            ? new EvidenceStore(File, options, _time, NullLogger.Instance)
            : new EvidenceStore(new EvidenceServer(Database, NullLogger.Instance), options, _time);
    }

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    public async Task<Guid> CollectionAsync(string? keyId = null, bool shared = false, string name = "Reports") =>
        (await Store.CreateCollectionAsync(new NewCollection { Name = name, Shared = shared }, keyId, Token))!.Id;

    public async Task<DocumentAdding> TryAddAsync(Guid collection, string text, string? title = null) =>
        await Store.AddDocumentAsync(collection, new NewDocument(text, "text/plain", title, "https://example.org/a", "CC0-1.0"), static _ => true, Token);

    public async Task<EvidenceDocument> AddAsync(Guid collection, string text, string? title = null)
    {
        var adding = await TryAddAsync(collection, text, title);
        Assert.Equal(DocumentAdded.Added, adding.Outcome);
        return adding.Document!;
    }

    public Task<PassageHits> SearchAsync(Guid collection, string query, int most = 10) => Store.SearchAsync(collection, query, most, Token);

    /// <summary>Whether a text can be read anywhere where the store is kept.</summary>
    public bool Holds(string text) => _stored.Holds(text);

    /// <summary>The JSON of something as it is stored. The store is closed for it and opened again.</summary>
    public JsonObject Stored(string table, Guid id) => Closed(() => _stored.Read(table, id));

    /// <summary>Changes the JSON of something that is stored, likewise.</summary>
    public void Change(string table, Guid id, JsonObject json) => Closed(() => _stored.Change(table, id, json));

    /// <summary>Stores JSON as some version of this program did, likewise.</summary>
    public void Put(string table, Guid id, JsonObject json, Guid? collection) => Closed(() => _stored.Put(table, id, json, collection));

    /// <summary>Makes a deletion one that was broken off after its first step, likewise.</summary>
    public void BreakOffRemoval(Guid collection) => Closed(() => _stored.BreakOffRemoval(collection));

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Closed(Action act) => Closed(() =>
    {
        act();
        return true;
    });

    private T Closed<T>(Func<T> act)
    {
        Store.ProbeAsync(Token).GetAwaiter().GetResult();
        Store.Dispose();
        try
        {
            return act();
        }
        finally
        {
            Store = Open();
        }
    }
}
