using System.Runtime.InteropServices;
using Consensus.Storage.Evidence.Schema;
using Consensus.Storage.Evidence.Vectors;

namespace Consensus.Storage.Evidence;

/// <summary>How passages get vectors, a few at a time. What is stored of a document in part stays, and is gone on with.</summary>
public sealed partial class EvidenceStore
{
    /// <summary>Takes the turn to embed, or keeps it, and says what is to be embedded. One process at a time has the turn.</summary>
    /// <param name="space">Whose vectors passages are to have. Those that a document has of another model are deleted when it is begun.</param>
    /// <param name="most">How many passages at most, at least one.</param>
    /// <param name="holder">Who this is, in words that no other process has.</param>
    /// <param name="lease">How long the turn is kept without being asked for again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<EmbeddingTurn> TakeEmbeddingTurnAsync(
        EmbeddingSpace space, int most, string holder, TimeSpan lease, CancellationToken cancellationToken) => WriteAsync(
        rows =>
        {
            if (!rows.TakeTurn(holder, lease))
            {
                return new EmbeddingTurn(false, []);
            }

            var tasks = new List<EmbeddingTask>();
            List<StoredDocument> documents;
            do
            {
                documents = rows.NextToEmbed(space.Name, most);
                AddTasks(rows, documents, space, most, tasks);
            }
            while (tasks.Count == 0 && documents.Count > 0);

            return new EmbeddingTurn(true, tasks);
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

    /// <summary>Stores the vectors of passages.</summary>
    /// <param name="tasks">The passages.</param>
    /// <param name="space">Whose vectors they are.</param>
    /// <param name="vectors">One of each passage, all of one length of 1 to 4,096, each number finite. One of zeros is similar to nothing.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <returns>How many were stored; those of a document that was deleted meanwhile, or that somebody else has done, were not.</returns>
    /// <exception cref="ArgumentException">There are not as many vectors as passages, or they differ in length.</exception>
    public Task<int> SaveVectorsAsync(
        IReadOnlyList<EmbeddingTask> tasks, EmbeddingSpace space, IReadOnlyList<ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        var passages = tasks.Sum(static task => task.Texts.Count);
        var dimensions = passages > 0 && vectors.Count == passages ? vectors[0].Length : 0;
        if (dimensions is 0 or > PackedVector.MostDimensions || vectors.Any(vector => vector.Length != dimensions))
        {
            throw new ArgumentException($"{passages} passages take as many vectors, of one length of 1 to {PackedVector.MostDimensions}.", nameof(vectors));
        }

        var packed = new List<(EmbeddingTask Task, byte[] Numbers)>();
        foreach (var task in tasks)
        {
            packed.Add((task, Packed(vectors.Skip(packed.Sum(static done => done.Task.Texts.Count)).Take(task.Texts.Count), task.Texts.Count, dimensions)));
        }

        return WriteAsync(rows => packed.Sum(one => Save(rows, one.Task, space, dimensions, one.Numbers)), cancellationToken);
    }

    /// <summary>How many passages of each of some collections have vectors.</summary>
    public Task<IReadOnlyDictionary<Guid, int>> CountEmbeddedAsync(
        IReadOnlyCollection<Guid> collections, EmbeddingSpace space, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyDictionary<Guid, int>>(
            rows => collections.ToDictionary(static id => id, id => rows.ListVectors(id, space.Name).Sum(static place => place.Passages)), cancellationToken);

    /// <summary>How many passages of all collections have no vectors yet.</summary>
    public async Task<long> CountToEmbedAsync(EmbeddingSpace space, CancellationToken cancellationToken) =>
        Math.Max(0, Holding.Passages - await ReadAsync(rows => rows.CountVectors(space.Name), cancellationToken));

    private static void AddTasks(EvidenceRows rows, List<StoredDocument> documents, EmbeddingSpace space, int most, List<EmbeddingTask> tasks)
    {
        foreach (var document in documents)
        {
            var left = most - tasks.Sum(static task => task.Texts.Count);
            if (left == 0)
            {
                return;
            }

            rows.DropVectors(document, exceptOf: space.Name);
            if (TaskOf(rows, document, rows.CountVectors(document, space.Name), left) is { } task)
            {
                tasks.Add(task);
            }
            else
            {
                rows.EndEmbedding(document, space.Name); // all have vectors, and it was not said
            }
        }
    }

    private static byte[] Packed(IEnumerable<ReadOnlyMemory<float>> vectors, int count, int dimensions)
    {
        var numbers = new byte[count * dimensions];
        foreach (var (i, vector) in vectors.Index())
        {
            PackedVector.Pack(vector.Span, MemoryMarshal.Cast<byte, sbyte>(numbers.AsSpan(i * dimensions, dimensions)));
        }

        return numbers;
    }

    private int Save(EvidenceRows rows, EmbeddingTask task, EmbeddingSpace space, int dimensions, byte[] numbers)
    {
        if (rows.ClaimCollection(task.Collection) is null || Find(rows, task.Collection, task.Document) is not { } document
            || rows.CountVectors(document, space.Name) != task.First)
        {
            return 0;
        }

        var stored = new StoredVectors(EvidenceShapes.Vectors.Version, task.Document, space.Model, dimensions, task.First, task.Starts);
        rows.AddVectors(Guid.CreateVersion7(_time.GetUtcNow()), document, stored, space.Name, numbers);
        if (task.First + task.Texts.Count == document.Passages)
        {
            rows.EndEmbedding(document, space.Name);
        }

        return task.Texts.Count;
    }

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
