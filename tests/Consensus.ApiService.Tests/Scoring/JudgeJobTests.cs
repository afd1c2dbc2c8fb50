using System.Net;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Scoring;

/// <summary>Jobs over HTTP: making, looking up, putting back.</summary>
public sealed class JudgeJobTests
{
    private const string Jobs = "/v1/scoring/jobs";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStoredRunIsAcceptedForJudging()
    {
        await using var api = await JudgedApi.StartAsync();
        var run = await api.RunAsync();
        using var response = await api.App.PostAsync(Jobs, $$"""{"runId":"{{run}}","rubric":"strict"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var found = await api.App.Http.GetAsync(response.Headers.Location, Token);
        Assert.Equal(await response.Content.ReadAsStringAsync(Token), await found.Content.ReadAsStringAsync(Token));

        var job = Assert.Single((await api.Client.ListJudgeJobsAsync(cancellationToken: Token)).Items);
        Assert.Equal((run, JudgeJobState.Pending, "strict", JudgedApi.Version, 0), (job.RunId, job.State, job.Rubric, job.ConfigVersion, job.Attempts));
        var again = await api.Client.JudgeRunAsync(new JudgeJobRequest(run), Token);
        Assert.Equal("quality", again.Rubric);
        Assert.NotEqual(job.JobId, again.JobId);
    }

    [Fact]
    public async Task EveryViolationIsNamedAtOnce()
    {
        await using var api = await JudgedApi.StartAsync();
        using var response = await api.App.PostAsync(Jobs, """{"rubric":"beauty","run":1}""");
        var problem = await response.ProblemAsync(ErrorCatalog.ValidationFailed);
        Assert.Equal(["rubric invalid_value", "run unknown_member", "runId required"], problem.Errors!.Select(e => $"{e.Field} {e.Code}").Order());
        Assert.Equal("""["quality","strict"]""", problem.Errors!.Single(e => e.Field == "rubric").Allowed!.Value.GetRawText());
        Assert.Equal(["runId invalid_value"], await (await api.App.PostAsync(Jobs, """{"runId":"x"}""")).ViolationsAsync());
        Assert.Equal(["limit out_of_range", "run invalid_value", "state invalid_value"], (await (await api.App.Http.GetAsync($"{Jobs}?state=late&run=1&limit=0", Token)).ViolationsAsync()).Order());
    }

    [Fact]
    public async Task WhatCannotBeJudgedIsRefusedWithItsReason()
    {
        await using var api = await JudgedApi.StartAsync();
        await (await JudgeAsync(api, Guid.CreateVersion7())).ProblemAsync(ErrorCatalog.RunNotFound);

        var log = api.App.Services.GetRequiredService<RunLog>();
        var running = new ConsensusResponse { RunId = Guid.CreateVersion7(), Status = RunStatus.Running, Strategy = "majority", CreatedAt = DateTimeOffset.UtcNow, Request = new StoredRequest { Prompt = "x" } };
        await log.SaveAsync(new RunRecord(running, null, "test"), Token);
        await (await JudgeAsync(api, running.RunId)).ProblemAsync(ErrorCatalog.RunInProgress);

        using var unasked = await api.App.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        await (await JudgeAsync(api, (await unasked.RunAsync()).RunId)).ProblemAsync(ErrorCatalog.RunNotJudgeable);

        using var html = new HttpRequestMessage(HttpMethod.Post, Jobs) { Headers = { { "Accept", "text/html" } } };
        await (await api.App.Http.SendAsync(html, Token)).ProblemAsync(ErrorCatalog.NotAcceptable);
    }

    [Fact]
    public async Task WithoutJudgesContentOrRunLogNothingIsJudged()
    {
        await using var none = await JudgedApi.StartAsync(JudgedApi.Config with { Judges = [] });
        await (await JudgeAsync(none, await none.RunAsync())).ProblemAsync(ErrorCatalog.NoJudges);
        await using var unset = await JudgedApi.StartAsync((VersionedScoringConfig?)null, null);
        await (await JudgeAsync(unset, await unset.RunAsync())).ProblemAsync(ErrorCatalog.NoJudges);
        await using var bare = await JudgedApi.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "none" });
        await (await JudgeAsync(bare, await bare.RunAsync())).ProblemAsync(ErrorCatalog.ContentNotStored);
        await using var off = await JudgedApi.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await (await JudgeAsync(off, Guid.CreateVersion7())).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await (await off.App.Http.GetAsync(Jobs, Token)).ProblemAsync(ErrorCatalog.RunLogDisabled);
    }

    [Fact]
    public async Task WhatJudgesCostIsOfTheKeysDayAndAfterItNothingMoreIsJudged()
    {
        await using var api = await JudgedApi.StartAsync(new Dictionary<string, string>(KeyedApi.Settings) { ["Limits:DailyCostUsd"] = "1" });
        var (alice, bob, worker) = (api.As("alice"), api.As("bob"), api.As("worker"));
        var run = await api.RunAsync(alice);
        var work = await worker.BeginJudgeJobAsync((await alice.JudgeRunAsync(new JudgeJobRequest(run), Token)).JobId, "w", Token);
        await worker.SubmitScoresAsync(JudgedApi.Of(work, JudgedApi.Scored(0, "yes") with { Usage = new UsageBody(10, 10, 1.5m) }), Token);
        var refused = await Assert.ThrowsAsync<ConsensusApiException>(() => alice.JudgeRunAsync(new JudgeJobRequest(run), Token));
        Assert.Equal("budget_exhausted", refused.Code);
        Assert.Contains("1.5 are spent", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("budget_exhausted", (await Assert.ThrowsAsync<ConsensusApiException>(() => alice.AskAsync(new ConsensusRequest { Prompt = "x" }, Token))).Code);
        Assert.Equal(JudgeJobState.Pending, (await bob.JudgeRunAsync(new JudgeJobRequest(await api.RunAsync(bob)), Token)).State);
    }

    [Fact]
    public async Task AKeySeesAndTouchesTheJobsOfItsOwnRuns()
    {
        await using var api = await JudgedApi.StartAsync(KeyedApi.Settings);
        var (alice, bob, root, worker) = (api.As("alice"), api.As("bob"), api.As("root"), api.As("worker"));
        var run = await api.RunAsync(alice);
        Assert.Equal("run_not_found", await CodeAsync(() => bob.JudgeRunAsync(new JudgeJobRequest(run), Token)));
        var job = await alice.JudgeRunAsync(new JudgeJobRequest(run), Token);
        await root.JudgeRunAsync(new JudgeJobRequest(run), Token);

        Assert.Equal((0, 2, 2), (await CountAsync(bob), await CountAsync(alice), await CountAsync(root)));
        Assert.Equal("job_not_found", await CodeAsync(() => bob.GetJudgeJobAsync(job.JobId, Token)));
        Assert.Equal("forbidden", await CodeAsync(() => alice.BeginJudgeJobAsync(job.JobId, "w", Token)));
        Assert.Equal("forbidden", await CodeAsync(() => worker.JudgeRunAsync(new JudgeJobRequest(run), Token)));

        var work = await worker.BeginJudgeJobAsync(job.JobId, "w", Token);
        await worker.SubmitScoresAsync(JudgedApi.Of(work) with { Failure = new AttemptFailure(AttemptFailureReason.NotJudgeable, "No.") }, Token);
        Assert.Equal("job_not_found", await CodeAsync(() => bob.RetryJudgeJobAsync(job.JobId, Token)));
        Assert.Equal(JudgeJobState.Pending, (await alice.RetryJudgeJobAsync(job.JobId, Token)).State);
        Assert.Equal("forbidden", await CodeAsync(() => alice.SubmitScoresAsync(JudgedApi.Of(work), Token)));

        static async Task<int> CountAsync(ConsensusClient client) => (await client.ListJudgeJobsAsync(cancellationToken: Token)).Items.Count;
    }

    [Fact]
    public async Task JobsAreFilteredByStateAndRunAndPaged()
    {
        await using var api = await JudgedApi.StartAsync();
        var (first, second) = (await api.RunAsync(), await api.RunAsync());
        var jobs = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            jobs.Insert(0, (await api.Client.JudgeRunAsync(new JudgeJobRequest(i % 2 == 0 ? first : second), Token)).JobId);
        }

        await api.SubmitAsync(JudgedApi.Of(await api.Client.BeginJudgeJobAsync(jobs[0], "w", Token)));
        Assert.Equal(jobs, await IdsAsync(new JudgeJobQuery { Limit = 2 }));
        Assert.Equal(jobs[1..], await IdsAsync(new JudgeJobQuery { Limit = 3, State = JudgeJobState.Pending }));
        Assert.Equal([jobs[0]], await IdsAsync(new JudgeJobQuery { State = JudgeJobState.Done, RunId = first }));
        Assert.Equal([jobs[1], jobs[3]], await IdsAsync(new JudgeJobQuery { Limit = 1, RunId = second }));
        Assert.Empty(await IdsAsync(new JudgeJobQuery { RunId = Guid.CreateVersion7() }));

        var cursor = (await api.Client.ListJudgeJobsAsync(new JudgeJobQuery { Limit = 1 }, Token)).Next;
        using var other = await api.App.Http.GetAsync($"{Jobs}?state=done&cursor={cursor}", Token);
        Assert.Equal(["cursor invalid_cursor"], await other.ViolationsAsync());

        async Task<List<Guid>> IdsAsync(JudgeJobQuery query)
        {
            var ids = new List<Guid>();
            do
            {
                var page = await api.Client.ListJudgeJobsAsync(query, Token);
                ids.AddRange(page.Items.Select(job => job.JobId));
                query = query with { Cursor = page.Next };
            }
            while (query.Cursor is not null);
            return ids;
        }
    }

    [Fact]
    public async Task ADeadLetterIsVisibleWithItsReasonAndPutBack()
    {
        await using var api = await JudgedApi.StartAsync(JudgedApi.Config with { Jobs = new JudgeJobLimits { MaxAttempts = 1 } });
        var work = await api.BegunAsync();
        var (status, receipt) = await api.SubmitAsync(JudgedApi.Of(work) with { Failure = new AttemptFailure(AttemptFailureReason.JudgesUnavailable, "Both judges are down.") });
        Assert.Equal((HttpStatusCode.Created, JudgeJobState.Dead), (status, receipt.State));

        var dead = Assert.Single((await api.Client.ListJudgeJobsAsync(new JudgeJobQuery { State = JudgeJobState.Dead }, Token)).Items);
        Assert.Equal(("judges_unavailable", "Both judges are down."), (dead.Reason, dead.Message));
        using var retried = await api.App.Http.PostAsync($"{Jobs}/{work.JobId}/retry", null, Token);
        Assert.Equal((HttpStatusCode.Accepted, $"{Jobs}/{work.JobId}"), (retried.StatusCode, retried.Headers.Location?.OriginalString));
        await (await api.App.Http.PostAsync($"{Jobs}/{work.JobId}/retry", null, Token)).ProblemAsync(ErrorCatalog.JobNotDead);
        await (await api.App.Http.PostAsync($"{Jobs}/{Guid.CreateVersion7()}/retry", null, Token)).ProblemAsync(ErrorCatalog.JobNotFound);
        await (await api.App.Http.PostAsync($"{Jobs}/x/retry", null, Token)).ProblemAsync(ErrorCatalog.JobNotFound);
        Assert.Equal(1, (await api.Client.BeginJudgeJobAsync(work.JobId, "w", Token)).Attempt);
    }

    private static Task<HttpResponseMessage> JudgeAsync(JudgedApi api, Guid run) => api.App.PostAsync(Jobs, $$"""{"runId":"{{run}}"}""");

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<ConsensusApiException>(call)).Code;
}
