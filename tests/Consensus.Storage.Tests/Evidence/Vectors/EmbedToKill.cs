namespace Consensus.Storage.Tests.Evidence.Vectors;

/// <summary>The program that a test kills: it adds documents of many passages and embeds them, telling each on standard output once it is durable.</summary>
internal static class EmbedToKill
{
    public const string Command = "embed-until-killed";

    /// <param name="place">A file, or the connection string of a database.</param>
    public static async Task<int> RunAsync(string place)
    {
        using var killed = await StoreToKill.OpenAsync(place);
        var store = killed.Store;
        for (var n = 0; ; n++)
        {
            await killed.AddAsync(n, sentences: 150);
            var holder = Guid.NewGuid().ToString("N");
            while ((await store.TakeEmbeddingTurnAsync(Meanings.Space, 3, holder, TimeSpan.FromMilliseconds(1), CancellationToken.None)).Tasks is [var task, ..])
            {
                if (await store.SaveVectorsAsync([task], Meanings.Space, [.. task.Texts.Select(static one => Meanings.Of(one, Meanings.Space))], CancellationToken.None) > 0)
                {
                    await killed.Output.WriteLineAsync($"embedded {task.Collection:D} {task.Document:D} {task.First} {task.Texts.Count}");
                }
            }
        }
    }
}
