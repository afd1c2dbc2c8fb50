using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Evidence;

/// <summary>The program that a test kills: it adds documents of many passages and deletes some, telling each on standard output once it is durable.</summary>
internal static class IngestToKill
{
    public const string Command = "ingest-until-killed";

    private const int Sentences = 200;

    /// <param name="place">A file, or the connection string of a database.</param>
    public static async Task<int> RunAsync(string place)
    {
        using var store = place.StartsWith("Host=", StringComparison.Ordinal)
            ? EvidenceStore.OfServer(place, TimeProvider.System, NullLogger.Instance)
            : EvidenceStore.OfFile(place, TimeProvider.System, NullLogger.Instance);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        var collection = (await store.CreateCollectionAsync(new NewCollection { Name = "Killed" }, null, CancellationToken.None))!.Id;
        await output.WriteLineAsync($"collection {collection:D}");
        for (var n = 0; ; n++)
        {
            var added = await store.AddDocumentAsync(collection, Document(collection, n), static _ => true, CancellationToken.None);
            await output.WriteLineAsync($"added {collection:D} {added.Document!.Id:D}");
            if (n % 5 == 4)
            {
                await store.DeleteDocumentAsync(collection, added.Document.Id, CancellationToken.None);
                await output.WriteLineAsync($"deleted {collection:D} {added.Document.Id:D}");
            }
        }
    }

    private static NewDocument Document(Guid collection, int number) => new(
        string.Join(' ', Enumerable.Range(0, Sentences).Select(i => $"Sentence {i} of document {number} of {collection:N} tells of the tide.")), "text/plain", $"Document {number}", null, null);
}
