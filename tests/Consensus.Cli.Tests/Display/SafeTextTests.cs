using Consensus.Cli.Display;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Display;

public sealed class SafeTextTests
{
    [Fact]
    public void A_block_keeps_its_lines_and_counts_what_it_leaves_out()
    {
        Assert.Equal("a\nb\n    c\nd", SafeText.Block("a\r\nb\n\tc\rd"));
        Assert.Equal("ab… (3 more characters; --json has them)", SafeText.Block("abcde", 2));
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
