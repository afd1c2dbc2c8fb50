using Consensus.Core.Claims;

namespace Consensus.Core.Tests.Claims;

public sealed class ClaimMatcherTests
{
    private static ClaimMatch Match(string claim, string text) => ClaimMatcher.Match(claim, new ReferenceText(text), WordWeights.Equal);

    [Theory]
    [InlineData("Doug Sheehan was born in Santa Monica.", "Doug Sheehan is an actor, born on April 27, 1949, in Santa Monica, California[1].")]
    [InlineData("The tower is 330 metres tall.", "It was built in 1889. The tower is 330 metres tall today.")]
    [InlineData("He won two prizes.", "He won 2 prizes.")]
    [InlineData("He lived 1936 to 2015.", "He lived (1936-2015).")]
    [InlineData("東京は日本の首都です。", "日本の首都は東京です。東京は日本の首都です。")]
    [InlineData("Москва столица России", "Москва — столица России.")]
    public void WhatATextSaysItSupportsInFull(string claim, string text)
    {
        var match = Match(claim, text);
        Assert.Equal((1, ClaimObjection.None), (match.Support, match.Objection));
    }

    [Theory]
    [InlineData("The tower was built in 1889.", "The tower was built in 1925.")]
    [InlineData("He won 3 prizes.", "He won two prizes.")]
    [InlineData("東京タワーの高さは333メートルです", "東京タワーの高さは634メートルです")]
    public void AnotherNumberIsAnObjection(string claim, string text) => AssertObjection(ClaimObjection.Number, claim, text);

    [Theory]
    [InlineData("The drug is safe for children.", "The drug is not safe for children.")]
    [InlineData("Penguins never fly far.", "Penguins fly far.")]
    [InlineData("It is the highest mountain of Europe.", "It is the lowest mountain of Europe.")]
    [InlineData("Le musée est ouvert lundi", "Le musée n'est pas ouvert lundi")]
    [InlineData("Он знал об этом договоре", "Он не знал об этом договоре")]
    [InlineData("这座桥是安全的", "这座桥不是安全的")]
    public void ADenialIsAnObjection(string claim, string text) => AssertObjection(ClaimObjection.Negation, claim, text);

    [Theory]
    [InlineData("Hamlet was written by Marlowe.", "Hamlet was written by Shakespeare.")]
    [InlineData("The song was recorded by Kylie Minogue.", "Dannii recorded the song.")]
    public void AnotherNameIsAnObjection(string claim, string text) => AssertObjection(ClaimObjection.Name, claim, text);

    [Theory]
    [InlineData("He was born in 1950.", "The shop sold 12 lamps.")]
    [InlineData("Ann sings.", "The weather is not good.")]
    [InlineData("Hamlet was written by Shakespeare.", "Macbeth and Hamlet were written by Shakespeare in London.")]
    [InlineData("He has two children.", "He was born in 1950. He has two children.")]
    [InlineData("He has two children.", "He does not smoke. He has two children.")]
    public void WhatSpeaksOfSomethingElseIsNoObjection(string claim, string text) => Assert.Equal(ClaimObjection.None, Match(claim, text).Objection);

    [Fact]
    public void WordsThatStandTogetherSupportMoreThanWordsStrewnOverTheText()
    {
        const string Claim = "Featherstone designed lawn ornaments";
        var together = Match(Claim, "Featherstone designed lawn ornaments. He was happy. It was summer.");
        var strewn = Match(Claim, "Featherstone was happy. He designed houses. Ornaments stood on the lawn.");
        Assert.Equal(1, together.Support);
        Assert.Equal(0.75, strewn.Support, 1e-12);
    }

    [Fact]
    public void AnotherFormOfAWordCountsForMost() => Assert.Equal(0.9, Match("directing plays", "He directed plays.").Support, 1e-12);

    [Fact]
    public void RareWordsWeighMore()
    {
        var weights = WordWeights.Of(["the actor sang", "the actor danced", "the actor left", "the actor, a harpist, sang"]);
        var rare = ClaimMatcher.Match("actor harpist", new ReferenceText("harpist"), weights);
        var common = ClaimMatcher.Match("actor harpist", new ReferenceText("actor"), weights);
        Assert.True(rare.Support > common.Support);
        Assert.Equal(1, rare.Support + common.Support, 1e-12);
    }

    [Fact]
    public void TheSpanIsThatOfTheSentenceThatHasMostOfTheClaim()
    {
        const string Text = "Ann was born in Rome. She sings in a choir. She has a cat.";
        var match = Match("Ann sings in a choir", Text);
        Assert.Equal("She sings in a choir.", Text[match.Start..match.End]);
    }

    [Theory]
    [InlineData("Ann sings", "")]
    [InlineData("Ann sings", "Nothing of the kind.")]
    [InlineData("...", "Ann sings.")]
    [InlineData("", "Ann sings.")]
    public void WhatSharesNoWordSupportsNothing(string claim, string text)
    {
        var match = Match(claim, text);
        Assert.Equal((0, 0, match.Start), (match.Support, match.Coverage, match.End));
    }

    private static void AssertObjection(ClaimObjection expected, string claim, string text)
    {
        var match = Match(claim, text);
        Assert.Equal(expected, match.Objection);
        Assert.Equal(match.Coverage / 2, match.Support);
        Assert.True(match.Support < Match(claim, claim).Support);
    }
}
