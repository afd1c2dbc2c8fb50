using Consensus.Core.Judging;
using Consensus.Core.Numerics;

namespace Consensus.Core.Tests.Judging;

/// <summary>Judged pairs made up for a test.</summary>
internal static class Pairs
{
    /// <summary>
    /// A pair from the votes in both orders, such as "1-2" for output 1 when it is first and output 2 when that is; "t" for a tie, "0" for no usable verdict.
    /// </summary>
    public static JudgedPair Of(int gold, params string[] votes) => new([.. votes.Select(vote => new TwoOrderVote(Sign(vote[0]), Sign(vote[2])))], gold);

    /// <summary>Judges who are right in each order with the given probability, independently of each other.</summary>
    public static JudgedPair[] Draw(ulong seed, int count, params double[] skill)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var gold = random.Next(2) == 0 ? 1 : -1;
            return new JudgedPair([.. skill.Select(r => new TwoOrderVote(Vote(random, r, gold), Vote(random, r, gold)))], gold);
        })];
    }

    /// <summary>The same pairs with the two outputs exchanged.</summary>
    public static JudgedPair[] Exchanged(JudgedPair[] pairs) =>
        [.. pairs.Select(pair => new JudgedPair([.. pair.Votes.Select(vote => new TwoOrderVote(-vote.Ba, -vote.Ab))], -pair.Gold))];

    private static int Vote(SeededRandom random, double skill, int gold) => random.NextDouble() < skill ? gold : -gold;

    private static int? Sign(char vote) => vote switch { '1' => 1, '2' => -1, 't' => 0, _ => null };
}
