using System.Net;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Scoring;

namespace Consensus.ApiService.Tests.Scoring;

/// <summary>What a worker does over HTTP: attempts and submissions.</summary>
public sealed class WorkerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAttemptTellsWhatToJudgeAndTheReportIsStoredOnce()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        Assert.Equal((1, "quality", JudgedApi.Version), (work.Attempt, work.Rubric, work.ConfigVersion));
        Assert.Equal("What is 17 * 23?", Assert.Single(work.Messages).Content);
        Assert.Equal(["m0 391", "m1 391", "m2 400"], work.Candidates.Select(c => $"{c.Model} {c.Text}"));

        var submission = JudgedApi.Of(work, JudgedApi.Scored(0, "yes"), JudgedApi.Unscored(2));
        Assert.Equal((HttpStatusCode.Created, new ScoreReceipt(work.JobId, JudgeJobState.Done, 2, 0)), await api.SubmitAsync(submission));
        Assert.Equal((HttpStatusCode.OK, new ScoreReceipt(work.JobId, JudgeJobState.Done, 0, 2)), await api.SubmitAsync(submission));
        Assert.Equal((HttpStatusCode.Created, new ScoreReceipt(work.JobId, JudgeJobState.Done, 1, 1)),
            await api.SubmitAsync(JudgedApi.Of(work, JudgedApi.Scored(0, "no"), JudgedApi.Scored(2, "no"))));
        Assert.Equal("job_finished", (await Assert.ThrowsAsync<ConsensusApiException>(() => api.Client.BeginJudgeJobAsync(work.JobId, "w", Token))).Code);
    }

    [Fact]
    public async Task AJobThatKillsItsWorkerEachTimeIsADeadLetterAfterItsLastAttempt()
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { Jobs = new JudgeJobLimits { MaxAttempts = 2 } });
        var work = await api.BegunAsync();
        Assert.Equal(2, (await api.Client.BeginJudgeJobAsync(work.JobId, "w", Token)).Attempt);
        Assert.Equal("job_finished", (await Assert.ThrowsAsync<ConsensusApiException>(() => api.Client.BeginJudgeJobAsync(work.JobId, "w", Token))).Code);
        var dead = await api.Client.GetJudgeJobAsync(work.JobId, Token);
        Assert.Equal((JudgeJobState.Dead, "worker_lost"), (dead.State, dead.Reason));
    }

    [Fact]
    public async Task AFailedAttemptWaitsAsConfigured()
    {
        await using var api = await JudgedApi.StartAsync(new Dictionary<string, string> { ["Scoring:Jobs:RetrySeconds"] = "100", ["Scoring:Jobs:LongestRetrySeconds"] = "150" });
        var work = await api.BegunAsync();
        foreach (var (attempt, least, most) in new[] { (1, 90, 100), (2, 140, 150) })
        {
            await api.SubmitAsync(JudgedApi.Of(work) with { Attempt = attempt, Failure = new AttemptFailure(AttemptFailureReason.Timeout, "Too slow.") });
            var job = await api.Client.GetJudgeJobAsync(work.JobId, Token);
            Assert.Equal((JudgeJobState.Pending, "timeout"), (job.State, job.Reason));
            Assert.InRange((job.NotBefore - DateTimeOffset.UtcNow)!.Value.TotalSeconds, least, most);
            await api.Client.BeginJudgeJobAsync(work.JobId, "w", Token);
        }
    }

    [Fact]
    public async Task EverythingThatIsWrongWithASubmissionIsNamedAtOnce()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        Score Pair(int? opponent, string? order, string criterion, string grade, double value) => new()
        {
            Candidate = 1, Opponent = opponent, Order = order, Judge = "sim/judge", Criterion = criterion, Method = ScoreMethod.Pairwise, Grade = grade, Value = value, Prompt = "p@1",
        };
        Score Claim(string criterion, string? text, string grade, double value) => new()
        {
            Candidate = 0, Judge = "sim/judge", Criterion = criterion, Method = ScoreMethod.Claim, Claim = text, Grade = grade, Value = value, Prompt = "c@1",
        };
        (Score Score, string[] Violations)[] cases =
        [
            (JudgedApi.Scored(0, "yes"), []),
            (JudgedApi.Scored(0, "no"), [" duplicate"]),
            (JudgedApi.Scored(7, "yes"), ["candidate invalid_value"]),
            (JudgedApi.Scored(1, "yes", judge: "sim/stranger"), ["judge invalid_value"]),
            (JudgedApi.Scored(1, "yes", criterion: "beauty"), ["criterion invalid_value"]),
            (JudgedApi.Scored(1, "partly", criterion: "clear"), ["grade invalid_value"]),
            (JudgedApi.Scored(1, "yes") with { Grade = "Yes" }, ["grade invalid_value"]),
            (JudgedApi.Scored(2, "yes") with { Value = 0.9 }, ["value contradiction"]),
            (JudgedApi.Scored(0, "yes", "sim/critic") with { Value = 1.1 }, ["value out_of_range"]),
            (JudgedApi.Scored(1, "yes", "sim/critic") with { Unscored = UnscoredReason.Empty }, ["grade contradiction", "value contradiction"]),
            (JudgedApi.Unscored(2, judge: "sim/critic") with { Unscored = null }, ["value required"]),
            (JudgedApi.Scored(0, "yes", "sim/critic", "clear") with { Grade = null }, ["grade required"]),
            (JudgedApi.Unscored(1, judge: "sim/critic", criterion: "clear") with { Opponent = 2, Order = "ab", Claim = "x" }, ["claim contradiction", "opponent contradiction", "order contradiction"]),
            (JudgedApi.Scored(2, "yes", "sim/critic", "clear") with { Rationale = new string('x', Limits.RationaleCharacters + 1), LatencyMs = -1 }, ["latencyMs out_of_range", "rationale too_long"]),
            (Pair(2, "ab", "better", "candidate", 1), []),
            (Pair(2, "ba", "better", "tie", 1), ["value contradiction"]),
            (Pair(null, null, "best", "yes", 1), ["criterion invalid_value", "grade invalid_value", "opponent required", "order required"]),
            (Pair(0, "ab", "better", "opponent", 0), ["opponent contradiction"]),
            (Pair(9, "ab", "better", "opponent", 0), ["opponent invalid_value"]),
            (Claim("claim-1", "17 * 23 is 391.", "supported", 1), []),
            (Claim("claim-2", null, "not_enough", 0), ["claim required"]),
            (Claim("claim-0", "x", "refuted", 0), ["criterion invalid_value", "grade invalid_value"]),
            (Claim("claim-3", new string('x', Limits.ClaimCharacters + 1), "contradicted", 0), ["claim required", "claim too_long"]),
        ];
        var expected = cases.SelectMany((c, i) => c.Violations.Select(v => v.StartsWith(' ') ? $"scores[{i}]{v}" : $"scores[{i}].{v}"));
        using var response = await api.App.PostAsync("/v1/scores", JudgedApi.Json(JudgedApi.Of(work, [.. cases.Select(c => c.Score)])));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(JudgeJobState.Pending, (await api.Client.GetJudgeJobAsync(work.JobId, Token)).State);
    }

    [Theory]
    [InlineData("{}", "attempt required", "jobId required")]
    [InlineData("""{"jobId":"x","attempt":0,"scores":3,"failure":{"reason":"bored"},"more":1}""",
        "attempt out_of_range", "failure.message required", "failure.reason invalid_value", "jobId invalid_value", "more unknown_member", "scores invalid_type")]
    [InlineData("""{"jobId":"01900000-0000-7000-8000-000000000000","attempt":1,"scores":[{},7,{"candidate":-1,"judge":"j","criterion":"c","method":"guess","prompt":"p","value":1,"repaired":1,"usage":{"inputTokens":-1,"x":1}}]}""",
        "scores[0].candidate required", "scores[0].criterion required", "scores[0].judge required", "scores[0].method required", "scores[0].prompt required",
        "scores[0].value required", "scores[1] invalid_type", "scores[2].candidate out_of_range", "scores[2].method invalid_value", "scores[2].repaired invalid_type",
        "scores[2].usage.inputTokens out_of_range", "scores[2].usage.x unknown_member")]
    public async Task TheFormOfASubmissionIsCheckedWhole(string body, params string[] violations)
    {
        await using var api = await JudgedApi.StartAsync();
        using var response = await api.App.PostAsync("/v1/scores", body);
        Assert.Equal(violations.Order(StringComparer.Ordinal), (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AJobThatIsNotThereTakesNothing()
    {
        await using var api = await JudgedApi.StartAsync();
        var missing = new ScoreSubmission { JobId = Guid.CreateVersion7(), Attempt = 1 };
        await (await api.App.PostAsync("/v1/scores", JudgedApi.Json(missing))).ProblemAsync(ErrorCatalog.JobNotFound);
        await (await BeginAsync($"{missing.JobId}", """{"worker":"w"}""")).ProblemAsync(ErrorCatalog.JobNotFound);
        await (await BeginAsync("x", """{"worker":"w"}""")).ProblemAsync(ErrorCatalog.JobNotFound);
        Assert.Equal(["worker required"], await (await BeginAsync($"{missing.JobId}", "{}")).ViolationsAsync());
        Assert.Equal(["worker control_characters"], await (await BeginAsync($"{missing.JobId}", """{"worker":"a\nb"}""")).ViolationsAsync());

        Task<HttpResponseMessage> BeginAsync(string id, string body) => api.App.PostAsync($"/v1/scoring/jobs/{id}/attempts", JsonNode.Parse(body)!);
    }

    [Fact]
    public async Task AnErasedRunTakesItsJobWithIt()
    {
        await using var api = await JudgedApi.StartAsync();
        var work = await api.BegunAsync();
        using var erased = await api.App.Http.DeleteAsync($"/v1/runs/{work.RunId}", Token);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await (await api.App.PostAsync("/v1/scores", JudgedApi.Json(JudgedApi.Of(work)))).ProblemAsync(ErrorCatalog.JobNotFound);
        await (await api.App.Http.GetAsync($"/v1/scoring/jobs/{work.JobId}", Token)).ProblemAsync(ErrorCatalog.JobNotFound);
    }
}
