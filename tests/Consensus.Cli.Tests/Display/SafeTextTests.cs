using System.Globalization;
using System.Text;
using Consensus.Cli.Display;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Display;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("\e]0;owned\a", "<U+001B>]0;owned<U+0007>")]
    [InlineData("a\u009b31mb", "a<U+009B>31mb")]
    [InlineData("safe\u202Eexe.txt", "safe<U+202E>exe.txt")]
    [InlineData("tag\U000E0041", "tag<U+E0041>")]
    [InlineData("a\rb\n\tc", "a b c")]
    [InlineData("  spaced  ", "spaced")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    [InlineData("العربية 中文 👩\u200D🔬", "العربية 中文 👩\u200D🔬")]
    [InlineData(null, "")]
    public void A_line_shows_what_would_act_on_the_terminal(string? text, string shown) => Assert.Equal(shown, SafeText.Line(text));

    [Fact]
    public void Broken_unicode_is_replaced() => Assert.Equal("broken \uFFFD.", SafeText.Line("broken \ud800."));

    [Fact]
    public void A_line_is_cut_and_says_so() => Assert.Equal("abc…", SafeText.Line("abcdef", 3));

    [Fact]
    public void A_block_keeps_its_lines_and_counts_what_it_leaves_out()
    {
        Assert.Equal("a\nb\n    c", SafeText.Block("a\r\nb\n\tc"));
        Assert.Equal("ab… (3 more characters; --json has them)", SafeText.Block("abcde", 2));
    }

    [Fact]
    public void No_character_of_the_basic_plane_gets_through_that_controls()
    {
        var everything = new StringBuilder();
        for (var c = 0; c < 0xD800; c++)
        {
            everything.Append((char)c);
        }

        var shown = SafeText.Line(everything.ToString(), int.MaxValue);

        Assert.DoesNotContain(shown, char.IsControl);
        Assert.All(shown.Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format), c => Assert.True(c is '\u200C' or '\u200D'));
    }

    [Fact]
    public async Task Hostile_output_of_a_model_reaches_neither_pipe_nor_terminal_raw()
    {
        const string Hostile = "\e[2J\e]8;;http://evil\a[link=http://evil]391[/]\u202E\u009b5m";
        await using var api = await CannedApi.StartAsync();
        var verdict = CannedRuns.Verdict(Hostile, new string('x', 100_000));
        api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", CannedRuns.Started());
            await events.SendAsync("candidate", CannedRuns.Json(CannedRuns.Candidate(0, Hostile)));
            await events.SendAsync("candidate", CannedRuns.Json(CannedRuns.Failed(1, FailureReason.Refused, Hostile)));
            await events.SendAsync("verdict", CannedRuns.Json(verdict));
            await events.SendAsync("done", "{}");
        });

        var piped = new CapturedTerminal();
        Assert.Equal(ExitCodes.Answer, await piped.RunAsync("ask", "?", "--url", api.Address.ToString()));
        Assert.DoesNotContain(piped.Out, c => char.IsControl(c) && c is not '\n' and not '\r');
        Assert.DoesNotContain('\u202E', piped.Out);
        Assert.True(piped.Out.Length < 10_000);

        var watched = new CapturedTerminal(watched: true);
        await watched.RunAsync("ask", "?", "--url", api.Address.ToString());
        Assert.DoesNotContain("\e[2J", watched.Out);
        Assert.DoesNotContain("\e]", watched.Out);
        Assert.DoesNotContain('\a', watched.Out);
        Assert.DoesNotContain('\u009b', watched.Out);
        Assert.Contains("[link=http://evil]391[/]", watched.Out.ReplaceLineEndings(""));
    }
}
