using System.Globalization;
using Consensus.Storage.Runs.Fields;
using FsCheck.Xunit;

namespace Consensus.Storage.Tests.Runs;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void AShortTextIsItsOwnExcerpt(string text) => Assert.Same(text, Excerpt.Of(text));

    [Fact]
    public void AFamilyIsNotTornApart()
    {
        const string Family = "👩‍👩‍👧‍👦";
        var text = new string('a', 195) + Family;

        Assert.Equal(new string('a', 195), Excerpt.Of(text));
    }

    [Fact]
    public void AnEndlessElementIsCutBetweenCodePoints()
    {
        var text = "e" + string.Concat(Enumerable.Repeat("\U0001D165", 300)); // combining stems, two units each

        var excerpt = Excerpt.Of(text);

        Assert.InRange(excerpt.Length, 199, 200);
        Assert.False(char.IsHighSurrogate(excerpt[^1]));
    }

    [Property]
    public void AnExcerptIsABeginningOfWholeElements(string[] parts)
    {
        var text = string.Join("👍🏽é", parts);

        var excerpt = Excerpt.Of(text);

        Assert.StartsWith(excerpt, text, StringComparison.Ordinal);
        Assert.True(excerpt.Length <= Excerpt.MaxLength);
        Assert.Contains(excerpt.Length, StringInfo.ParseCombiningCharacters(text).Append(text.Length));
    }
}
