using Consensus.Core.Judging;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Judging;

/// <summary>Judged runs made up for a test.</summary>
internal static class Made
{
    /// <summary>A run from the judges' rubric scores, a row per judge; each candidate is a cluster of its own.</summary>
    public static JudgedRun Run(double?[][] scores, int[]? lengths = null) => new()
    {
        Candidates = [.. Enumerable.Range(0, scores[0].Length).Select(place => new JudgedText(lengths?[place] ?? 1, place))],
        Marks = [.. scores.Select(row => row.Select(score => new RubricMark(Asked: true, score)).ToArray())],
    };

    public static ComparedPair Pair(int one, int two, params string[] votes) => new(one, two, Pairs.Of(1, votes).Votes);

    /// <summary>A run of four candidates and three judges with every pair in both orders and claims, with gaps, drawn.</summary>
    public static JudgedRun Draw(ulong seed)
    {
        var random = new SeededRandom(seed);
        T? Or<T>(T value) where T : struct => random.Next(5) == 0 ? null : value;
        JudgedRun run = Run([.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 4).Select(_ => Or(random.Next(5) / 4.0)).ToArray())], [5, 7, 1, 7]);
        return run with
        {
            Pairs =
            [
                .. from one in Enumerable.Range(0, 4)
                   from two in Enumerable.Range(one + 1, 3 - one)
                   select new ComparedPair(one, two, [.. Enumerable.Range(0, 3).Select(_ => new TwoOrderVote(Or(random.Next(3) - 1), Or(random.Next(3) - 1)))]),
            ],
            Claims = [.. Enumerable.Range(0, 9).Select(i => new CheckedClaim(i % 4, [.. Enumerable.Range(0, 3).Select(_ => Or((ClaimLabel)random.Next(3)))]))],
        };
    }
}
