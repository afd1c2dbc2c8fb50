using Consensus.Core.Claims;

namespace Consensus.Core.Tests.Claims;

public sealed class HallucinationRateTests
{
    private static readonly string[] Others = ["Canberra is the capital of Australia.", "The capital of Australia is Canberra."];

    private static double? Of(string answer) => HallucinationRate.ByPanel(answer, Others, WordWeights.Equal);

    [Fact]
    public void AnAnswerThatTheOthersBearOutHasNone() => Assert.Equal(0, Of("Here is what I know: \nThe capital of Australia is Canberra."));

    [Fact]
    public void AnAnswerThatNobodyBearsOutIsAll() => Assert.Equal(1, Of("Purple elephants dance wildly under seven moons."));

    [Fact]
    public void QuestionsAndLeadInsAreNotCounted() =>
        Assert.Equal(Of("The capital of Australia is Canberra."), Of("You ask for the capital?\nPlease note:\nThe capital of Australia is Canberra."));

    [Theory]
    [InlineData("")]
    [InlineData("Which one?")]
    public void WithoutACheckableClaimThereIsNoRate(string answer) => Assert.Null(Of(answer));

    [Fact]
    public void WithoutOthersThereIsNoRate() => Assert.Null(HallucinationRate.ByPanel("Canberra is the capital.", [], WordWeights.Equal));
}
