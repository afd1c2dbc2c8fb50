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
        for (; calls > 0 && (await store.TakeEmbeddingTurnAsync(of, most, holder, Lease, Token)).Tasks is [_, ..] tasks; calls--)
        {
            var count = tasks.Sum(static task => task.Texts.Count);
            Assert.InRange(count, 1, most);
            Assert.Equal(count, await store.SaveVectorsAsync(tasks, of, [.. tasks.SelectMany(static task => task.Texts).Select(text => Meanings.Of(text, of))], Token));
            passages += count;
        }

        return passages;
    }

    public static async Task<EmbeddingTask?> NextAsync(this EvidenceStore store, EmbeddingSpace? space = null, int most = 3, string holder = "one") =>
        (await store.TakeEmbeddingTurnAsync(space ?? Meanings.Space, most, holder, Lease, Token)).Tasks is [var first, ..] ? first : null;

    public static async Task<bool> SaveAsync(this EvidenceStore store, EmbeddingTask task, EmbeddingSpace? space = null) =>
        await store.SaveVectorsAsync(
            [task], space ?? Meanings.Space, [.. task.Texts.Select(text => Meanings.Of(text, space ?? Meanings.Space))], Token) == task.Texts.Count;

    public static async Task<int> CountAsync(this EvidenceStore store, Guid collection, EmbeddingSpace? space = null) =>
        (await store.CountEmbeddedAsync([collection], space ?? Meanings.Space, Token))[collection];
}
