using System.Numerics;

namespace Consensus.Core.Numerics;

/// <summary>A stream of random numbers that depends on its seed alone: equal seeds give equal streams on every machine and in every version of the runtime.</summary>
/// <remarks>
/// xoshiro256** of Blackman and Vigna (2021), "Scrambled Linear Pseudorandom Number Generators", its state filled by SplitMix64 (Steele, Lea and Flood 2014) as its
/// authors advise. Not for secrets.
/// </remarks>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the stream of a seed.</summary>
    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="below"/>), each equally likely.</summary>
    /// <remarks>Source: Lemire (2019), "Fast Random Integer Generation in an Interval".</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is less than 1.</exception>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        var bound = (ulong)below;
        var high = Math.BigMul(NextBits(), bound, out var low);
        while (low < bound && low < (0 - bound) % bound)
        {
            high = Math.BigMul(NextBits(), bound, out low);
        }

        return (int)high;
    }

    /// <summary>Puts the items into a random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in a random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle<int>(order);
        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
