using Consensus.Core.Claims;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Claims;

public sealed class ClaimSplitterTests
{
    private static string[] Split(string text) => [.. ClaimSplitter.Split(text).Select(static claim => claim.Text)];

    [Fact]
    public void SentencesAreClaims() => Assert.Equal(
        ["Paris is the capital of France.", "It lies on the Seine!", "About 2.1 million people live there."],
        Split("Paris is the capital of France. It lies on the Seine!  About 2.1 million people live there."));

    [Theory]
    [InlineData("Dr. Smith met J. R. R. Tolkien in St. Albans.")]
    [InlineData("The U.S. president earns $400,000 per year.")]
    [InlineData("Pi is 3.14159 and version 2.0.1 is out.")]
    [InlineData("It weighs approx. three kilograms, i.e. little.")]
    [InlineData("See example.com/page.html for more.")]
    [InlineData("He sang with the band &amp; left.")]
    public void APointWithinASentenceDoesNotEndIt(string sentence) => Assert.Equal([sentence], Split(sentence));

    [Fact]
    public void ClosingQuotesAndBracketsBelongToTheirSentence() => Assert.Equal(
        ["He was in \"Knots Landing.\"", "(She was not.)", "They said \"no!\"", "Then they left."],
        Split("He was in \"Knots Landing.\" (She was not.) They said \"no!\" Then they left."));

    [Fact]
    public void ItemsOfListsAreClaimsWithoutTheirMarks() => Assert.Equal(
        ["Members:", "Ann sings", "Bob plays drums", "Cy left in 1999.", "It was late.", "Dee", "12 people came", "Facts"],
        Split("Members:\n- Ann sings\n* Bob plays drums\n1. Cy left in 1999. It was late.\n10) Dee\n12 people came\n\n## Facts"));

    [Fact]
    public void ANumberIsNoMarkOfAListUnlessAPointFollows() =>
        Assert.Equal(["1969 was the year.", "-5 degrees it was."], Split("1969 was the year.\n-5 degrees it was."));

    [Fact]
    public void SemicolonsSetClaimsApart() => Assert.Equal(["Ann was born in 1950", "Bob in 1951."], Split("Ann was born in 1950; Bob in 1951."));

    [Theory]
    [InlineData("東京は日本の首都です。人口は約1400万人です。", "東京は日本の首都です。", "人口は約1400万人です。")]
    [InlineData("巴黎是法国的首都；柏林是德国的首都！", "巴黎是法国的首都", "柏林是德国的首都！")]
    [InlineData("دلہی بھارت کا دارالحکومت ہے۔ یہ بڑا شہر ہے۔", "دلہی بھارت کا دارالحکومت ہے۔", "یہ بڑا شہر ہے۔")]
    [InlineData("दिल्ली भारत की राजधानी है। यह बड़ा शहर है।", "दिल्ली भारत की राजधानी है।", "यह बड़ा शहर है।")]
    [InlineData("Москва — столица. Она большая.", "Москва — столица.", "Она большая.")]
    public void OtherScriptsEndSentencesTheirWay(string text, string first, string second) => Assert.Equal([first, second], Split(text));

    [Theory]
    [InlineData("Who wrote Hamlet?", false)]
    [InlineData("Here are the facts:", false)]
    [InlineData("It is.", false)]
    [InlineData("Shakespeare wrote Hamlet.", true)]
    [InlineData("東京は首都です。", true)]
    public void OnlyWhatAssertsSomethingIsCheckable(string text, bool expected) => Assert.Equal(expected, Assert.Single(ClaimSplitter.Split(text)).IsCheckable);

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("---\n***")]
    public void WhatHasNoWordsHasNoClaims(string text) => Assert.Empty(ClaimSplitter.Split(text));

    [Property]
    public bool SpansAreInOrderWithinTheTextAndHoldTheClaims(string? text)
    {
        text ??= "";
        var end = 0;
        foreach (var claim in ClaimSplitter.Split(text))
        {
            if (claim.Start < end || claim.End > text.Length || claim.Text.Length == 0 || text[claim.Start..claim.End] != claim.Text)
            {
                return false;
            }

            end = claim.End;
        }

        return true;
    }

    [Property]
    public bool NoLetterIsLost(string[]? parts)
    {
        // Letters of marks aside: "a." may number an item, so the words are longer.
        var text = string.Join(". ", (parts ?? []).Select(static part => $"Word{string.Concat((part ?? "").Where(char.IsLetter))}\n"));
        return string.Concat(text.Where(char.IsLetter)) == string.Concat(ClaimSplitter.Split(text).SelectMany(static claim => claim.Text).Where(char.IsLetter));
    }
}
