using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Asking;

public sealed class AskTests : CannedApiTests
{
    [Fact]
    public async Task A_pipe_gets_a_line_for_each_candidate_and_then_the_verdict()
    {
        Streams(CannedRuns.Verdict());
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "What is 17 * 23?", "--url", Url);

        Assert.Equal(ExitCodes.Answer, code);
        Assert.Equal("", terminal.Error);
        Assert.DoesNotContain('\e', terminal.Out);
        var lines = terminal.Out.Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.Equal($"run {CannedRuns.Id}: asking 5 answers of sim/atlas, sim/birch, sim/cedar, sim/delta, sim/ember", lines[0]);
        Assert.Equal("[1/5] sim/atlas: 391 (120 ms)", lines[1]);
        Assert.Equal("[5/5] sim/ember: timeout: No answer within 60 s. (900 ms)", lines[5]);
        Assert.Contains("391", lines[6..]);
        Assert.Contains("outcome     consensus · degraded: part of the panel gave no vote", lines);
        Assert.Contains("agreement   60 % (3 of 5) · margin 40 % · entropy 0.41", lines);
        Assert.Contains("confidence  87.4 % raw (dirichlet_multinomial), not calibrated", lines);
        Assert.Contains("stability   fragile: the verdict would change without sim/atlas, sim/birch, sim/cedar · flips in 23.1 % of resampled panels", lines);
        Assert.Contains("effort      1.3 s · 5 of 5 calls · 100 tokens in, 45 out · cost not known", lines);
        Assert.Contains($"run         {CannedRuns.Id} · majority", lines);
        Assert.Contains("answer   ████████████░░░░░░░░  3 · 60 %  391  —  sim/atlas, sim/birch, sim/cedar", lines);
        Assert.Contains("dissent  ████░░░░░░░░░░░░░░░░  1 · 20 %  401  —  sim/delta", lines);
        Assert.Contains("no vote  sim/ember  timeout: No answer within 60 s.", lines);
    }

    [Fact]
    public async Task A_terminal_gets_a_table_that_fills_in_place()
    {
        Streams(CannedRuns.Verdict());
        var terminal = new CapturedTerminal(watched: true);

        var code = await terminal.RunAsync("ask", "What is 17 * 23?", "--url", Url);

        Assert.Equal(ExitCodes.Answer, code);
        Assert.Contains("waiting", terminal.Out);
        Assert.Contains("\e[", terminal.Out);
        Assert.Contains("5 of 5 arrived", terminal.Out);
        Assert.Contains("ahead: 391 (1)", terminal.Out);
        Assert.DoesNotContain("[1/5]", terminal.Out);
    }

    [Fact]
    public async Task No_consensus_shows_the_leaders_and_has_its_own_exit_code()
    {
        Streams(CannedRuns.Undecided());
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "What is 17 * 23?", "--url", Url);

        Assert.Equal(ExitCodes.NoAnswer, code);
        Assert.Contains("No answer: the panel does not agree.", terminal.Out);
        Assert.Contains("outcome    no consensus", terminal.Out);
        Assert.Contains("stability  contested: there is no winner to be stable", terminal.Out);
        Assert.Equal(2, terminal.Out.Split("said ").Length - 1);
        Assert.DoesNotContain("dissent", terminal.Out);
    }

    [Fact]
    public async Task What_is_not_stored_is_told_so_and_the_winner_stays_the_winner()
    {
        var run = CannedRuns.WithoutContent(CannedRuns.Verdict());
        Streams(run);
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("ask", "What is 17 * 23?", "--url", Url);

        Assert.Equal(ExitCodes.Answer, code);
        Assert.Contains("[1/5] sim/atlas: (not stored) (120 ms)", terminal.Out);
        Assert.Contains("The answer is not stored.", terminal.Out);
        Assert.Contains("answer   ████████████░░░░░░░░  3 · 60 %  (not stored)  —  sim/atlas, sim/birch, sim/cedar", terminal.Out);
        Assert.Contains("dissent  ████░░░░░░░░░░░░░░░░  1 · 20 %  (not stored)  —  sim/delta", terminal.Out);
        Assert.Contains("no vote  sim/ember  timeout", terminal.Out);
        Assert.DoesNotContain("timeout:", terminal.Out);
    }

    [Fact]
    public async Task Json_prints_the_response_and_nothing_else()
    {
        Api.On("POST /v1/consensus", 200, CannedRuns.Json(CannedRuns.Verdict("391", "\e[31mred")));
        var terminal = new CapturedTerminal(watched: true);

        var code = await terminal.RunAsync("ask", "What is 17 * 23?", "--url", Url, "--json");

        Assert.Equal(ExitCodes.Answer, code);
        Assert.Equal("", terminal.Error);
        Assert.DoesNotContain('\e', terminal.Out);
        var run = JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.ConsensusResponse)!;
        Assert.Equal(CannedRuns.Id, run.RunId);
        Assert.Equal("\e[31mred", run.Clusters[1].Answer.Text);
    }

    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        Api.On("POST /v1/consensus", 200, CannedRuns.Json(CannedRuns.Verdict()));
        var terminal = new CapturedTerminal(environment: new() { ["CONSENSUS_API_KEY"] = "from-environment" });

        await terminal.RunAsync(
            "ask", "@home?", "--url", Url, "--json", "-m", "sim/a", "-m", "sim/b", "--panel", "p", "--strategy", "weighted", "--samples", "3", "--kind", "choice",
            "--choice", "yes", "--choice", "no", "--quorum", "0.66", "--min-responses", "4", "--early-stop", "adaptive", "--deadline", "1500ms", "--max-cost", "0.25",
            "--category", "sums", "--seed", "-7");

        var asked = Assert.Single(Api.Requests);
        Assert.Equal("Bearer from-environment", asked.Headers["Authorization"]);
        Assert.Equal(
            """{"prompt":"@home?","models":["sim/a","sim/b"],"panel":"p","samplesPerModel":3,"strategy":"weighted","quorum":0.66,"minResponses":4"""
            + ""","answer":{"kind":"choice","choices":["yes","no"]},"deadlineMs":1500,"maxCostUsd":0.25,"earlyStop":"adaptive","category":"sums","seed":-7"""
            + ""","include":["candidates","clusters"]}""",
            asked.Body);
    }

    [Fact]
    public async Task A_dash_reads_the_question_from_standard_input()
    {
        Api.On("POST /v1/consensus", 200, CannedRuns.Json(CannedRuns.Verdict()));
        var terminal = new CapturedTerminal(input: "What is\n17 * 23?\n", environment: new() { ["CONSENSUS_API_KEY"] = "other" });

        await terminal.RunAsync("ask", "-", "--url", Url, "--key", "given", "--json");

        var asked = Assert.Single(Api.Requests);
        Assert.Equal("""{"prompt":"What is\n17 * 23?","include":["candidates","clusters"]}""", asked.Body);
        Assert.Equal("Bearer given", asked.Headers["Authorization"]);
    }

    [Fact]
    public async Task An_address_with_a_path_keeps_it()
    {
        Api.On("POST /behind/proxy/v1/consensus", 200, CannedRuns.Json(CannedRuns.Verdict()));

        Assert.Equal(ExitCodes.Answer, await new CapturedTerminal().RunAsync("ask", "?", "--json", "--url", $"{Url}behind/proxy"));
    }

    [Fact]
    public async Task The_help_tells_the_exit_codes()
    {
        var terminal = new CapturedTerminal();

        Assert.Equal(0, await terminal.RunAsync("ask", "--help"));
        Assert.Contains(ExitCodes.Help, terminal.Out);
    }

    private void Streams(ConsensusResponse verdict) => Api.OnEvents("POST /v1/consensus", async events =>
    {
        await events.SendAsync("run", CannedRuns.Started());
        foreach (var candidate in verdict.Candidates!)
        {
            await events.SendAsync("candidate", CannedRuns.Json(candidate));
            await events.SendAsync("cluster", CannedRuns.Json(new ClustersSoFar(candidate.Id + 1, 5, [CannedRuns.Cluster(0, "391", 0)])));
        }

        await events.SendAsync("verdict", CannedRuns.Json(verdict));
        await events.SendAsync("done", "{}");
    });
}
