using System.Runtime.InteropServices;

namespace Consensus.Storage.Evidence.Vectors;

/// <summary>Where vectors of some passages of a document are stored.</summary>
/// <param name="Id">The row; what it says never changes.</param>
/// <param name="Document">The document.</param>
/// <param name="Passages">How many passages it has vectors of.</param>
/// <param name="Dimensions">How many numbers each has.</param>
internal readonly record struct VectorPlace(Guid Id, Guid Document, int Passages, int Dimensions);

/// <summary>Vectors of some passages of a document, in their order.</summary>
internal sealed class VectorBlock
{
    private readonly byte[] _numbers;
    private readonly int[] _squares;

    /// <param name="document">The document, by the name that places have.</param>
    /// <param name="starts">Where each passage begins.</param>
    /// <param name="dimensions">How many numbers each vector has.</param>
    /// <param name="numbers">The vectors, packed, one behind the other.</param>
    /// <exception cref="EvidenceShapeException">There are not as many numbers as that.</exception>
    public VectorBlock(string document, IReadOnlyList<int> starts, int dimensions, byte[] numbers)
    {
        if (numbers.Length != starts.Count * dimensions)
        {
            throw new EvidenceShapeException(
                $"The stored vectors of the document {document} have {numbers.Length} numbers, not {starts.Count} times {dimensions}.");
        }

        (Document, Starts, Dimensions, _numbers) = (document, starts, dimensions, numbers);
        _squares = [.. Enumerable.Range(0, starts.Count).Select(i => PackedVector.Dot(Vector(i), Vector(i)))];
    }

    public string Document { get; }

    public IReadOnlyList<int> Starts { get; }

    public int Dimensions { get; }

    /// <summary>About how much memory it takes.</summary>
    public int Bytes => _numbers.Length + (_squares.Length * 2 * sizeof(int)) + 200;

    /// <summary>How similar a passage is to a query whose vector is as long.</summary>
    /// <param name="passage">Its number in this block, from 0.</param>
    /// <param name="query">The query.</param>
    public double Similarity(int passage, QueryVector query) =>
        PackedVector.Cosine(PackedVector.Dot(Vector(passage), query.Packed), _squares[passage], query.Square);

    private ReadOnlySpan<sbyte> Vector(int passage) => MemoryMarshal.Cast<byte, sbyte>(_numbers.AsSpan(passage * Dimensions, Dimensions));
}
