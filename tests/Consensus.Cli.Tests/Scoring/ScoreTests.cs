using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Scoring;

public sealed class ScoreTests : CannedApiTests
{
    private static readonly Guid One = Guid.Parse("01900000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("01900000-0000-7000-8000-000000000002");

    [Fact]
    public async Task RunsAreJudgedAndShownOnceTheirJobsAreDone()
    {
        var looks = 0;
        Makes(One);
        Api.On($"GET /v1/scoring/jobs/{One}", context => CannedApi.WriteAsync(
            context, 200, Json(Job(One, Interlocked.Increment(ref looks) < 3 ? JudgeJobState.Pending : JudgeJobState.Done)), "application/json"));
        Api.On($"GET /v1/runs/{One}/scores", 200, Json(Scores(One)));
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("score", $"{One}", "--rubric", "quality", "--url", Url);

        Assert.Equal((ExitCodes.Answer, ""), (code, terminal.Error));
        Assert.Equal(3, looks);
        var lines = terminal.Out.Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.Equal($"{One}  judged by quality", lines[0]);
        Assert.Equal("  sim/ada 0.75 2 of 3 judges · wins 50 %", lines[1]);
        Assert.Equal("  alpha 0.31 · judges differ by 0.25 on average · judges_disagree", lines[2]);
        Assert.Equal("1 of 1 runs judged", lines[3]);
        Assert.Contains("\"rubric\":\"quality\"", Api.Requests.First().Body, StringComparison.Ordinal);
        Assert.Contains(Api.Requests, asked => asked.Query == $"?job={One}");
    }

    [Fact]
    public async Task ADeadLetterAndARefusedRunAreToldAndTheOthersGoOn()
    {
        Api.On("POST /v1/scoring/jobs", async context =>
        {
            var asked = await JsonSerializer.DeserializeAsync(context.Request.Body, ConsensusJson.Default.JudgeJobRequest);
            await (asked!.RunId == One
                ? CannedApi.WriteAsync(context, 202, Json(Job(One, JudgeJobState.Pending)), "application/json")
                : CannedApi.WriteAsync(context, 404, Json(Problem(ErrorCatalog.RunNotFound)), "application/problem+json"));
        });
        Api.On($"GET /v1/scoring/jobs/{One}", 200, Json(Job(One, JudgeJobState.Dead) with { Attempts = 5, Reason = "judges_unavailable", Message = "No judge gave a grade." }));
        var terminal = new CapturedTerminal();

        var code = await terminal.RunAsync("score", $"{One}", $"{Two}", "--url", Url);

        Assert.Equal(ExitCodes.Error, code);
        Assert.Contains($"{One}  given up after 5 attempts: judges_unavailable. No judge gave a grade.", terminal.Out);
        Assert.Contains($"{Two}  run_not_found: There is no run with this id.", terminal.Out);
        Assert.Contains("run_not_found", terminal.Error);
    }

    [Fact]
    public async Task WithoutWaitingTheJobsAreMadeAndThatIsAll()
    {
        Makes(One);
        var terminal = new CapturedTerminal(input: $"{One}\n\n\"{One}\"\n");
        Assert.Equal(ExitCodes.Answer, await terminal.RunAsync("score", "-", "--wait", "0", "--json", "-", "--url", Url));
        var report = JsonSerializer.Deserialize(terminal.Out, ConsensusJson.Default.ScoringReport)!;
        Assert.Equal((One, JudgeJobState.Pending), (Assert.Single(report.Runs).RunId, report.Runs[0].Job!.State));
        Assert.Single(Api.Requests);
    }

    [Fact]
    public async Task WhatStillWaitsAfterTheTimeIsAnErrorThatSaysWhatToLookAt()
    {
        Makes(One);
        Api.On($"GET /v1/scoring/jobs/{One}", 200, Json(Job(One, JudgeJobState.Pending)));
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync("score", $"{One}", "--wait", "300ms", "--url", Url));
        Assert.Contains("1 of 1 runs still wait after 0.3 s. Is a judge worker running?", terminal.Error);
    }

    [Theory]
    [InlineData("not-an-id", "'not-an-id' is not the id of a run.")]
    [InlineData("-", "There is no id on the standard input.")]
    public async Task WhatIsNoIdIsRefusedBeforeAnythingIsAsked(string run, string error)
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(ExitCodes.Error, await terminal.RunAsync("score", run, "--url", Url));
        Assert.Contains(error, terminal.Error);
        Assert.Empty(Api.Requests);
    }

    private void Makes(Guid run) => Api.On("POST /v1/scoring/jobs", 202, Json(Job(run, JudgeJobState.Pending)));

    // The job has the id of its run: the test has one of each.
    private static JudgeJob Job(Guid run, JudgeJobState state) =>
        new() { JobId = run, RunId = run, State = state, Rubric = "quality", ConfigVersion = "0123456789abcdef", CreatedAt = DateTimeOffset.UnixEpoch };

    private static RunScores Scores(Guid run) => new()
    {
        RunId = run,
        Candidates = [new CandidateScore { Candidate = 0, Model = "sim/ada", Score = 0.75, Scored = 2, Asked = 3, WinRate = 0.5 }],
        Judges = [],
        Alpha = 0.312,
        Spread = 0.25,
        Flags = ["judges_disagree"],
        Scores = [],
    };

    private static ProblemBody Problem(ErrorCode code) =>
        new() { Type = $"urn:consensus:error:{code.Code}", Title = code.Title, Status = code.Status, Code = code.Code, Retryable = code.Retryable };

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, typeof(T), ConsensusJson.Default);
}
