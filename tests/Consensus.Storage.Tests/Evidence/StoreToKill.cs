using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>What a program that a test kills writes to: a collection of its own, and lines on standard output about what is durable.</summary>
internal sealed class StoreToKill : IDisposable
{
    private StoreToKill(EvidenceStore store, Guid collection)
    {
        Store = store;
        Collection = collection;
    }

    public EvidenceStore Store { get; }

    public Guid Collection { get; }

    public TextWriter Output { get; } = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    /// <param name="place">A file, or the connection string of a database.</param>
    public static async Task<StoreToKill> OpenAsync(string place)
    {
        var store = place.StartsWith("Host=", StringComparison.Ordinal)
            ? EvidenceStore.OfServer(place, TimeProvider.System, NullLogger.Instance)
            : EvidenceStore.OfFile(place, TimeProvider.System, NullLogger.Instance);
        var collection = (await store.CreateCollectionAsync(new NewCollection { Name = "Killed" }, null, CancellationToken.None))!.Id;
        var opened = new StoreToKill(store, collection);
        await opened.Output.WriteLineAsync($"collection {collection:D}");
        return opened;
    }

    /// <summary>Adds a document of many passages.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> AddAsync(int number, int sentences)
    {
        var text = string.Join(' ', Enumerable.Range(0, sentences).Select(i => $"Sentence {i} of document {number} of {Collection:N} tells of the tide and the whale."));
        var added = await Store.AddDocumentAsync(Collection, new NewDocument(text, "text/plain", $"Document {number}", null, null), static _ => true, CancellationToken.None);
        return added.Document!.Id;
    }

    public void Dispose() => Store.Dispose();
}
