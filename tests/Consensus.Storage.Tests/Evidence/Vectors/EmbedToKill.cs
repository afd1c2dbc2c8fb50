using Consensus.Contracts.Evidence;
using Consensus.Storage.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Evidence.Vectors;

/// <summary>The program that a test kills: it adds documents of many passages and embeds them, telling each on standard output once it is durable.</summary>
internal static class EmbedToKill
{
    public const string Command = "embed-until-killed";

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
            var text = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"Sentence {i} of document {n} of {collection:N} tells of the whale."));
            await store.AddDocumentAsync(collection, new NewDocument(text, "text/plain", null, null, null), static _ => true, CancellationToken.None);
            var holder = Guid.NewGuid().ToString("N");
            while ((await store.TakeEmbeddingTurnAsync(Meanings.Space, 3, holder, TimeSpan.FromMilliseconds(1), CancellationToken.None)).Tasks is [var task, ..])
            {
                if (await store.SaveVectorsAsync([task], Meanings.Space, [.. task.Texts.Select(static one => Meanings.Of(one, Meanings.Space))], CancellationToken.None) > 0)
                {
                    await output.WriteLineAsync($"embedded {task.Collection:D} {task.Document:D} {task.First} {task.Texts.Count}");
                }
            }
        }
    }
}
