using Consensus.Storage.Evidence;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Tests.Evidence.Vectors;

/// <summary>Embeds what a store has by <see cref="Meanings"/>, as the service does by a model.</summary>
internal static class EmbeddedEvidence
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Embeds some calls' worth of passages, by default all; says how many passages it were.</summary>
    public static async Task<int> EmbedAsync(this EvidenceStore store, EmbeddingSpace? space = null, int most = 3, int calls = int.MaxValue, string holder = "one")
    {
        var (of, passages) = (space ?? Meanings.Space, 0);
        for (; calls > 0 && await store.NextAsync(of, most, holder) is { } task; calls--)
        {
            Assert.InRange(task.Texts.Count, 1, most);
            Assert.True(await store.SaveAsync(task, of));
            passages += task.Texts.Count;
        }

        return passages;
    }

    public static async Task<EmbeddingTask?> NextAsync(this EvidenceStore store, EmbeddingSpace? space = null, int most = 3, string holder = "one") =>
        (await store.TakeEmbeddingTurnAsync(space ?? Meanings.Space, most, holder, Lease, Token)).Task;

    public static Task<bool> SaveAsync(this EvidenceStore store, EmbeddingTask task, EmbeddingSpace? space = null) =>
        store.SaveVectorsAsync(task, space ?? Meanings.Space, [.. task.Texts.Select(text => Meanings.Of(text, space ?? Meanings.Space))], Token);

    public static async Task<int> CountAsync(this EvidenceStore store, Guid collection, EmbeddingSpace? space = null) =>
        (await store.CountEmbeddedAsync([collection], space ?? Meanings.Space, Token))[collection];
}
