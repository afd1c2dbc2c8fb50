using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;
using Consensus.ModelSimulator.Judging;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Tests.Support;
using Consensus.ModelSimulator.Wording;

namespace Consensus.ModelSimulator.Tests.Judging;

public class StatedAnswerTests
{
    public static TheoryData<string> Questions() =>
        ["What is 17 * 23?", "What is 12000 * 3?", "What is the capital of France?", "Is 17 prime?", "Which is the capital of France?\nA) Lyon\nB) Paris\nC) Nice", "What is 1/8 + 1/4?"];

    [Theory]
    [MemberData(nameof(Questions))]
    public void AnAnswerIsFoundInEveryStyleAndNoOtherIs(string question)
    {
        var problem = Conversations.Understand(question)!;
        foreach (var style in Enum.GetValues<AnswerStyle>())
        {
            Assert.True(StatedAnswer.Is(problem.Right, problem.Aliases, Styles.Write(style, problem, problem.Right)), $"{style}");
            Assert.All(problem.Wrong, wrong => Assert.False(StatedAnswer.Is(problem.Right, problem.Aliases, Styles.Write(style, problem, wrong)), $"{style}: {wrong.Text}"));
        }
    }

    [Fact]
    public void ATextWithoutTheAnswerGivesNone() =>
        Assert.False(StatedAnswer.Is(Answer.Of(new Rational(391, 1)), [], "I am ada, a simulated model, and cannot know."));

    [Theory]
    [InlineData("391", "391", 1)]
    [InlineData("391", "381", -1)]
    [InlineData("17 * 23 = 391.", "The answer is 391.", 1)]
    [InlineData("Paris is the capital of France.", "The capital of France is Paris.", 1)]
    [InlineData("Paris was founded in 300 before Christ.", "Whales are mammals.", 0)]
    [InlineData("It was built in 1889.", "It was built in 1901.", -1)]
    public void AClaimIsHeldAgainstASource(string claim, string source, int verdict) => Assert.Equal(verdict, ClaimReading.Verdict(claim, [(source, 1)]));

    [Fact]
    public void TheGreaterNumberOfSourcesDecides() => Assert.Equal(1, ClaimReading.Verdict("391", [("381", 1), ("391", 2)]));
}
