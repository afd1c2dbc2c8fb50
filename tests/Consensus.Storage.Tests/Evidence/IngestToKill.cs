namespace Consensus.Storage.Tests.Evidence;

/// <summary>The program that a test kills: it adds documents of many passages and deletes some, telling each on standard output once it is durable.</summary>
internal static class IngestToKill
{
    public const string Command = "ingest-until-killed";

    /// <param name="place">A file, or the connection string of a database.</param>
    public static async Task<int> RunAsync(string place)
    {
        using var killed = await StoreToKill.OpenAsync(place);
        for (var n = 0; ; n++)
        {
            var document = await killed.AddAsync(n, sentences: 200);
            await killed.Output.WriteLineAsync($"added {killed.Collection:D} {document:D}");
            if (n % 5 == 4)
            {
                await killed.Store.DeleteDocumentAsync(killed.Collection, document, CancellationToken.None);
                await killed.Output.WriteLineAsync($"deleted {killed.Collection:D} {document:D}");
            }
        }
    }
}
