using System.Globalization;
using System.Text;
using Consensus.Contracts.Text;

namespace Consensus.Contracts.Tests.Text;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("\e]0;owned\a", "<U+001B>]0;owned<U+0007>")]
    [InlineData("a\u009b31mb", "a<U+009B>31mb")]
    [InlineData("safe\u202Eexe.txt", "safe<U+202E>exe.txt")]
    [InlineData("tag\U000E0041", "tag<U+E0041>")]
    [InlineData("a\u2028b", "a<U+2028>b")]
    [InlineData("a\r\nb\n\tc", "a\r\nb\n\tc")]
    [InlineData("<b>[red]&amp;", "<b>[red]&amp;")]
    [InlineData("العربية 中文 👩\u200D🔬", "العربية 中文 👩\u200D🔬")]
    [InlineData(null, "")]
    public void What_would_act_is_spelled_out_and_the_rest_stays(string? text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Broken_unicode_is_replaced() => Assert.Equal("broken \uFFFD.", VisibleText.Of("broken \ud800."));

    [Theory]
    [InlineData("a\rb\n\tc", "a b c")]
    [InlineData("  spaced  ", "spaced")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("\e[2J", "<U+001B>[2J")]
    [InlineData("0123456789abc", "0123456789…")]
    public void A_line_is_one_line_and_says_when_it_is_cut(string text, string line) => Assert.Equal(line, VisibleText.Line(text, 10));

    [Fact]
    public void Nothing_in_the_basic_plane_that_acts_gets_through()
    {
        var everything = new StringBuilder();
        for (var c = 0; c < 0xD800; c++)
        {
            everything.Append((char)c);
        }

        var shown = VisibleText.Line(everything.ToString(), int.MaxValue);

        Assert.DoesNotContain(shown, char.IsControl);
        Assert.All(shown.Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format), c => Assert.True(c is '\u200C' or '\u200D'));
    }
}
