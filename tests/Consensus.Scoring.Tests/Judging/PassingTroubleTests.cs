using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;
using Consensus.Scoring.Tests.Support;

namespace Consensus.Scoring.Tests.Judging;

public sealed class PassingTroubleTests
{
    [Theory]
    [InlineData(UnscoredReason.Timeout)]
    [InlineData(UnscoredReason.RateLimited)]
    [InlineData(UnscoredReason.CircuitOpen)]
    [InlineData(UnscoredReason.Unauthorized)]
    [InlineData(UnscoredReason.UnknownModel)]
    public void NoGradeForAReasonThatMayPassIsTriedAgain(UnscoredReason reason) =>
        Assert.NotNull(PassingTrouble.Of([Scores.Without(reason), Scores.Without(UnscoredReason.Refused), Scores.Without(UnscoredReason.Recused)]));

    [Theory]
    [InlineData(UnscoredReason.Refused)]
    [InlineData(UnscoredReason.OffMenu)]
    [InlineData(UnscoredReason.Malformed)]
    [InlineData(UnscoredReason.Rejected)]
    [InlineData(UnscoredReason.Recused)]
    public void JudgesThatHaveSpokenAreNotAskedAgain(UnscoredReason reason) => Assert.Null(PassingTrouble.Of([Scores.Without(reason)]));

    [Fact]
    public void OneGradeIsEnough() => Assert.Null(PassingTrouble.Of([Scores.Graded, Scores.Without(UnscoredReason.Timeout)]));

    [Fact]
    public void TheReasonsAreToldWithTheirNumbers() => Assert.Equal(
        "No judge gave a grade: timeout 2, refused 1.",
        PassingTrouble.Of([Scores.Without(UnscoredReason.Timeout), Scores.Without(UnscoredReason.Refused), Scores.Without(UnscoredReason.Timeout)])!.Message);
}
