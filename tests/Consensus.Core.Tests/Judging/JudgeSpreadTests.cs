using Consensus.Core.Judging;

namespace Consensus.Core.Tests.Judging;

public sealed class JudgeSpreadTests
{
    [Fact]
    public void ItIsTheMeanDifferenceOverAllPairsOfJudgesThatScoredTheSame() =>
        // |0.9 − 0.5|, |0.9 − 1|, |0.5 − 1| of the first candidate, |0.2 − 0.4| of the second.
        Assert.Equal((0.4 + 0.1 + 0.5 + 0.2) / 4, JudgeSpread.Of([[0.9, 0.2], [0.5, null], [1, 0.4]])!.Value, 12);

    [Fact]
    public void WithoutTwoScoresOfOneCandidateThereIsNone()
    {
        Assert.Null(JudgeSpread.Of([[0.9, null], [null, 0.4]]));
        Assert.Null(JudgeSpread.Of([[0.9]]));
    }
}
