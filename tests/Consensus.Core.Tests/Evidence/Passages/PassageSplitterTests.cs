using Consensus.Core.Evidence.Passages;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Evidence.Passages;

[Properties(Arbitrary = [typeof(Prose)], MaxTest = 300)]
public class PassageSplitterTests
{
    [Property]
    public void NothingButWhiteSpaceIsOutsideOfPassages(ProseText text)
    {
        var end = 0;
        foreach (var span in PassageSplitter.Split(text.Value))
        {
            Assert.True(string.IsNullOrWhiteSpace(text.Value[end..span.Start]));
            end = span.End;
        }

        Assert.True(string.IsNullOrWhiteSpace(text.Value[end..]));
    }

    [Property]
    public void PassagesAreInOrderWithoutOverlapAndNeverTooLong(ProseText text)
    {
        var end = 0;
        foreach (var span in PassageSplitter.Split(text.Value))
        {
            Assert.InRange(span.Start, end, span.End - 1);
            Assert.InRange(span.End - span.Start, 1, PassageSplitter.MostCharacters);
            Assert.False(char.IsWhiteSpace(text.Value[span.Start]) || char.IsWhiteSpace(text.Value[span.End - 1]));
            end = span.End;
        }
    }

    [Property]
    public void NoPassageBeginsOrEndsWithinASurrogatePair(ProseText text)
    {
        foreach (var span in PassageSplitter.Split(text.Value))
        {
            Assert.False(char.IsLowSurrogate(text.Value[span.Start]));
            Assert.False(char.IsHighSurrogate(text.Value[span.End - 1]));
        }
    }

    [Property]
    public void TextThatIsAppendedChangesAtMostTheLastTwoPassages(ProseText text, ProseText more)
    {
        var before = PassageSplitter.Split(text.Value);
        var after = PassageSplitter.Split(text.Value + more.Value);
        Assert.Equal(before.SkipLast(2), after.Take(Math.Max(0, before.Count - 2)));
    }

    [Fact]
    public void SentencesStayWholeWhereTheyFit()
    {
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(static i => $"Sentence number {i} says that the river rose by {i} centimetres over night."));
        var passages = PassageSplitter.Split(text);
        Assert.InRange(passages.Count, 4, 8);
        Assert.All(passages, span => Assert.EndsWith("over night.", text[span.Start..span.End], StringComparison.Ordinal));
        Assert.All(passages, span => Assert.StartsWith("Sentence", text[span.Start..span.End], StringComparison.Ordinal));
    }

    [Fact]
    public void AParagraphEndsAPassageThatIsLongEnough()
    {
        var paragraph = string.Join(' ', Enumerable.Repeat("The tide was out and the mud lay bare before them.", 13));
        var passages = PassageSplitter.Split(paragraph + "\n\nNext.\n\n" + "Last.");
        Assert.Equal(paragraph.Length, passages[0].End);
        Assert.Equal(2, passages.Count);
    }

    [Theory]
    [InlineData("# Rivers\n\nThey flow.\n\n## Lakes\n\nThey rest.", "# Rivers\n\nThey flow.", "## Lakes\n\nThey rest.")]
    [InlineData("Rivers\n\nThey flow.\n\nLakes\n\nThey rest.", "Rivers\n\nThey flow.", "Lakes\n\nThey rest.")]
    public void AHeadingBeginsAPassageAndStaysWithWhatFollows(string text, params string[] expected) =>
        Assert.Equal(expected, PassageSplitter.Split(text).Select(span => text[span.Start..span.End]));

    [Fact]
    public void ASentenceThatIsTooLongIsCutBetweenWords()
    {
        var text = string.Join(' ', Enumerable.Range(1000, 600));
        var passages = PassageSplitter.Split(text);
        Assert.Equal(text.Split(' '), passages.SelectMany(span => text[span.Start..span.End].Split(' ')));
    }

    [Fact]
    public void AScriptWithoutSpacesIsCutAtItsOwnMarks()
    {
        var text = string.Concat(Enumerable.Repeat("鲸鱼在春天向北迁徙，秋天又回到南方的海域。", 200));
        var passages = PassageSplitter.Split(text);
        Assert.True(passages.Count > 3);
        Assert.All(passages, span => Assert.Equal('。', text[span.End - 1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void ATextWithoutWordsHasNoPassages(string text) => Assert.Empty(PassageSplitter.Split(text));

    [Fact]
    public void AMillionCharactersOfOneWordAreCutInTime()
    {
        var passages = PassageSplitter.Split(new string('x', 1_000_000));
        Assert.Equal(1_000_000, passages.Sum(static span => span.End - span.Start));
    }

    public sealed record ProseText(string Value);

    private static class Prose
    {
        private static readonly string[] Parts =
        [
            " ", " ", "\n", "\n\n", "\r\n\r\n", "\t", ". ", "! ", "。", "？", "… ", ", ", "- ", "* item", "1. ", "# Heading\n\n", "\n---\n", "\u2029", "word", "Whale", "e.g. ", "U.S. ",
            "鲸鱼", "кит", "ปลาวาฬ", "🐋", "👩‍👩‍👧", "e\u0301", "3.14", "\"Quoted.\" ", new string('z', 500), new string('鲸', 950), string.Concat(Enumerable.Repeat("🐋", 480)),
            string.Concat(Enumerable.Repeat("a longer run of ordinary words ", 12)), string.Concat(Enumerable.Repeat("Short sentence here. ", 15)),
        ];

        public static Arbitrary<ProseText> Text() => Gen.Elements(Parts).ListOf().Select(static parts => new ProseText(string.Concat(parts))).ToArbitrary();
    }
}
