using System.Runtime.InteropServices;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Evidence;

/// <summary>How passages get vectors, a few of one document at a time. What is stored of a document in part stays, and is gone on with.</summary>
public sealed partial class EvidenceStore
{
    /// <summary>Takes the turn to embed, or keeps it, and says what is to be embedded. One process at a time has the turn.</summary>
    /// <param name="space">Whose vectors passages are to have. Those that a document has of another model are deleted when it is begun.</param>
    /// <param name="most">How many passages at most, at least one.</param>
    /// <param name="holder">Who this is, in words that no other process has.</param>
    /// <param name="lease">How long the turn is kept without being asked for again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<EmbeddingTurn> TakeEmbeddingTurnAsync(EmbeddingSpace space, int most, string holder, TimeSpan lease, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            if (!rows.TakeTurn(holder, lease))
            {
                return new EmbeddingTurn(false, null);
            }

            // What a broken off write has left unsaid is said here: then all passages of the document have vectors.
            while (rows.NextToEmbed(space.Name) is { } document)
            {
                rows.DropVectors(document, exceptOf: space.Name);
                if (TaskOf(rows, document, rows.CountVectors(document, space.Name), most) is { } task)
                {
                    return new EmbeddingTurn(true, task);
                }

                rows.EndEmbedding(document, space.Name);
            }

            return new EmbeddingTurn(true, null);
        },
        cancellationToken);

    /// <summary>Gives the turn back, should it be this process's.</summary>
    public Task EndEmbeddingTurnAsync(string holder, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            rows.EndTurn(holder);
            return true;
        },
        cancellationToken);

    /// <summary>Stores the vectors of passages, all of them or none.</summary>
    /// <param name="task">The passages.</param>
    /// <param name="space">Whose vectors they are.</param>
    /// <param name="vectors">One of each passage, all of one length of 1 to 4,096, each number finite. One of zeros is similar to nothing.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <returns>False when the document was deleted meanwhile, or somebody else has done it.</returns>
    /// <exception cref="ArgumentException">There are not as many vectors as passages, or they differ in length.</exception>
    public Task<bool> SaveVectorsAsync(EmbeddingTask task, EmbeddingSpace space, IReadOnlyList<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        var dimensions = vectors.Count == task.Texts.Count ? vectors[0].Length : 0;
        if (dimensions is 0 or > PackedVector.MostDimensions || vectors.Any(vector => vector.Length != dimensions))
        {
            throw new ArgumentException($"{task.Texts.Count} passages take as many vectors, of one length of 1 to {PackedVector.MostDimensions}.", nameof(vectors));
        }

        var numbers = new byte[vectors.Count * dimensions];
        foreach (var (i, vector) in vectors.Index())
        {
            PackedVector.Pack(vector.Span, MemoryMarshal.Cast<byte, sbyte>(numbers.AsSpan(i * dimensions, dimensions)));
        }

        var stored = new StoredVectors(EvidenceShapes.Vectors.Version, task.Document, space.Model, dimensions, task.First, task.Starts);
        return WriteAsync(
            rows =>
            {
                if (rows.ClaimCollection(task.Collection) is null || Find(rows, task.Collection, task.Document) is not { } document
                    || rows.CountVectors(document, space.Name) != task.First)
                {
                    return false;
                }

                rows.AddVectors(Guid.CreateVersion7(_time.GetUtcNow()), document, stored, space.Name, numbers);
                if (task.First + task.Texts.Count == document.Passages)
                {
                    rows.EndEmbedding(document, space.Name);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>How many passages of each of some collections have vectors.</summary>
    public Task<IReadOnlyDictionary<Guid, int>> CountEmbeddedAsync(IReadOnlyCollection<Guid> collections, EmbeddingSpace space, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyDictionary<Guid, int>>(
            rows => collections.ToDictionary(static id => id, id => rows.ListVectors(id, space.Name).Sum(static place => place.Passages)), cancellationToken);

    /// <summary>How many passages of all collections have no vectors yet.</summary>
    public async Task<long> CountToEmbedAsync(EmbeddingSpace space, CancellationToken cancellationToken) =>
        Math.Max(0, Holding.Passages - await ReadAsync(rows => rows.CountVectors(space.Name), cancellationToken));

    private static EmbeddingTask? TaskOf(EvidenceRows rows, StoredDocument document, int first, int most)
    {
        if (first >= document.Passages || rows.FindText(document.Id) is not { } text || rows.FindCollection(document.Collection) is not { } collection)
        {
            return null;
        }

        var spans = text.Passages.Skip(first).Take(most).ToArray();
        return new EmbeddingTask(
            document.Collection, collection.KeyId, document.Id, first,
            [.. spans.Select(span => PassageSearch.Searched(document.Title, text.Text[span[0]..span[1]]))],
            [.. spans.Select(static span => span[0])]);
    }
}
