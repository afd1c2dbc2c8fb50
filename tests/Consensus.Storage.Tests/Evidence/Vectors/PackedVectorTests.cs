using System.Runtime.InteropServices;
using Consensus.Storage.Evidence.Vectors;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Evidence.Vectors;

public sealed class PackedVectorTests
{
    [Property(MaxTest = 300)]
    public void TheProductIsExactWhateverTheLengthIs(sbyte[] one, sbyte[] other)
    {
        var length = Math.Min(one.Length, other.Length) * 7;
        sbyte[] left = [.. Enumerable.Range(0, length).Select(i => Math.Max(one[i % one.Length], (sbyte)-127))];
        sbyte[] right = [.. Enumerable.Range(0, length).Select(i => Math.Max(other[i % other.Length], (sbyte)-127))];
        Assert.Equal(left.Zip(right).Sum(static pair => pair.First * pair.Second), PackedVector.Dot(left, right));
    }

    [Theory]
    [InlineData(127, 127)]
    [InlineData(-127, 127)]
    [InlineData(-127, -127)]
    public void TheLargestNumbersOverflowNothing(sbyte one, sbyte other)
    {
        sbyte[] left = [.. Enumerable.Repeat(one, PackedVector.MostDimensions)];
        sbyte[] right = [.. Enumerable.Repeat(other, PackedVector.MostDimensions)];
        var product = PackedVector.Dot(left, right);
        Assert.Equal(one * other * PackedVector.MostDimensions, product);
        Assert.Equal(Math.Sign(one * other), PackedVector.Cosine(product, PackedVector.Dot(left, left), PackedVector.Dot(right, right)));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(384)]
    [InlineData(1_536)]
    public void APackedVectorHasNearlyTheCosinesOfTheVector(int dimensions)
    {
        var random = new Random(dimensions);
        for (var i = 0; i < 50; i++)
        {
            var (one, other) = (Vector(random, dimensions), Vector(random, dimensions));
            var share = random.NextSingle();
            other = [.. one.Zip(other).Select(pair => (pair.First * share) + (pair.Second * (1 - share)))];
            var (exact, packed) = (Product(one, other) / Math.Sqrt(Product(one, one) * Product(other, other)), Cosine(one, other));
            Assert.Equal(exact, packed, 0.02);
        }
    }

    [Fact]
    public void TheLengthOfAVectorHasNoPartInIt()
    {
        float[] vector = [0.5f, -0.25f, 0, 1];
        Assert.Equal(Packed(vector), Packed([.. vector.Select(static number => number * 1e-20f)]));
        Assert.Equal(Packed(vector), Packed([.. vector.Select(static number => number * 1e20f)]));
        Assert.Equal([64, -32, 0, 127], Packed(vector));
    }

    [Fact]
    public void AVectorOfZerosIsSimilarToNothing()
    {
        Assert.Equal(0, Cosine([0, 0], [1, 0]));
        Assert.Equal(0, Cosine([0, 0], [0, 0]));
        Assert.Equal(1, Cosine([0, 3], [0, 3]));
    }

    private static double Cosine(float[] one, float[] other)
    {
        var (left, right) = (Packed(one), Packed(other));
        return PackedVector.Cosine(PackedVector.Dot(left, right), PackedVector.Dot(left, left), PackedVector.Dot(right, right));
    }

    private static sbyte[] Packed(float[] vector)
    {
        var packed = new sbyte[vector.Length];
        PackedVector.Pack(vector, MemoryMarshal.CreateSpan(ref packed[0], packed.Length));
        return packed;
    }

    private static float[] Vector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() + random.NextDouble() - 1))];

    private static double Product(float[] one, float[] other) => one.Zip(other).Sum(static pair => (double)pair.First * pair.Second);
}
