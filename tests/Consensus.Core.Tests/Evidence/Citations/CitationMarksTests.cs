using Consensus.Core.Claims;
using Consensus.Core.Evidence.Citations;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Evidence.Citations;

public sealed class CitationMarksTests
{
    [Theory]
    [InlineData("Paris is big [1].", "Paris is big.", "12:1")]
    [InlineData("Paris is big.[1]", "Paris is big.", "13:1")]
    [InlineData("Paris is big. [1] Rome is old. [2][3]", "Paris is big. Rome is old.", "13:1 26:2 26:3")]
    [InlineData("Paris [1, 4] is big [1-3].", "Paris is big.", "5:1 5:4 12:1 12:2 12:3")]
    [InlineData("Paris is big [1], [2] and [4].", "Paris is big.", "12:1 12:2 12:4")]
    [InlineData("巴黎很大【1】。罗马很老［２］。", "巴黎很大。罗马很老。", "4:1 9:2")]
    [InlineData("Paris is big【2†source】.", "Paris is big.", "12:2")]
    [InlineData("Paris is big [^1].", "Paris is big.", "12:1")]
    [InlineData("Paris is big ([1]).", "Paris is big.", "12:1")]
    [InlineData("Paris is big [1](https://example.org/a).", "Paris is big.", "12:1")]
    [InlineData("Paris is big [1](# of people).", "Paris is big(# of people).", "12:1")]
    [InlineData("Paris is big [1](#a).", "Paris is big.", "12:1")]
    [InlineData("[1] Paris is big.\n[2] Rome is old.", "Paris is big.\nRome is old.", "0:1 14:2")]
    [InlineData("Paris is big [9].", "Paris is big.", "12:9")]
    [InlineData("one[1]two", "one two", "3:1")]
    public void MarksAreTakenOutAndTheirPlacesKept(string text, string left, string marks)
    {
        var read = CitationMarks.Read(text, 5);
        Assert.Equal((left, marks), (read.Text, string.Join(' ', read.Marks.Select(static mark => $"{mark.Position}:{mark.Passage}"))));
    }

    [Theory]
    [InlineData("Founded [2020] in Oslo.")]
    [InlineData("See [a], [p. 4], [sic] and [].")]
    [InlineData("Call `items[1]` twice, or ```x[2]```.")]
    [InlineData("An interval [0, 1] or [3-1] or [1.5].")]
    [InlineData("[1-900] is long")]
    [InlineData("Open [1 and no end")]
    public void WhatIsNoMarkStays(string text)
    {
        var read = CitationMarks.Read(text, 5);
        Assert.Equal(text, read.Text);
        Assert.Empty(read.Marks);
    }

    [Fact]
    public void ANumberOfFourDigitsIsAMarkWhereThereAreSoManyPassages() => Assert.Equal(2020, Assert.Single(CitationMarks.Read("So it is [2020].", 3000).Marks).Passage);

    [Fact]
    public void AMarkBelongsToTheClaimThatItStandsInOrRightAfter()
    {
        var read = CitationMarks.Read("Paris [3] is big [1]. Rome is old. [2] [1] Oslo is cold.\n[4] Bern is small.", 4);
        Assert.Equal(["3,1", "2,1", "", "4"], Cited(read));
    }

    [Fact]
    public void WithoutSpacesBetweenSentencesToo() => Assert.Equal(["1", "2"], Cited(CitationMarks.Read("巴黎很大。[1]罗马很老。[2]", 2)));

    [Fact]
    public void AMarkCountsOnceAClaim() => Assert.Equal(["1"], Cited(CitationMarks.Read("Paris [1] is big [1].", 2)));

    [Property(MaxTest = 300)]
    public void OnlyMarksAreTakenOut(string[] parts)
    {
        // Without "(" no part begins the link of the mark before it, which goes with the mark.
        var text = string.Join(" [1]", (parts ?? []).Select(static part => part?.Replace("(", ""))) + " [2, 3]";
        var read = CitationMarks.Read(text, 3);
        Assert.All(read.Marks, mark => Assert.InRange(mark.Position, 0, read.Text.Length));
        Assert.Equal(Letters(text.Replace("[1]", "").Replace("[2, 3]", "")), Letters(read.Text));
    }

    [Fact]
    public void AMillionMarksTakeOneReading()
    {
        var read = CitationMarks.Read(string.Concat(Enumerable.Repeat("a [1]", 200_000)), 1);
        Assert.Equal(200_000, read.Marks.Count);
        Assert.Equal("", CitationMarks.Read(new string('[', 1_000_000), 1).Text.Trim('['));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter));

    private static IEnumerable<string> Cited(CitedText read) =>
        CitationMarks.OfClaims(ClaimSplitter.Split(read.Text), read.Marks).Select(static passages => string.Join(',', passages));
}
