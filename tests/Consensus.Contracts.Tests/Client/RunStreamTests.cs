using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Contracts.Tests.Client;

public sealed class RunStreamTests : CannedApiTests
{
    private const string Started = """{"runId":"0193b1f0-0000-7000-8000-000000000001","strategy":"majority","models":["sim/a","sim/b"],"samplesPerModel":1,"deadlineMs":60000,"createdAt":"2026-01-02T03:04:05Z"}""";
    private const string Arrived = """{"id":0,"model":"sim/a","status":"answered","text":"It is 391.","answer":{"text":"391","value":391,"kind":"number"},"attempts":1,"latencyMs":12.5}""";
    private const string Clusters = """{"arrived":1,"asked":2,"clusters":[{"id":0,"answer":{"text":"391","value":391,"kind":"number"},"size":1,"weight":1,"share":0.5,"models":["sim/a"],"candidates":[0]}]}""";
    private const string Verdict = """{"runId":"0193b1f0-0000-7000-8000-000000000001","status":"completed","outcome":"no_consensus","strategy":"majority","clusters":[],"createdAt":"2026-01-02T03:04:05Z"}""";

    private static readonly ConsensusRequest Question = new() { Prompt = "17 * 23" };

    [Fact]
    public async Task Events_come_in_order_and_typed()
    {
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.RawAsync(": hello\n\n");
            await events.SendAsync("run", Started);
            await events.SendAsync("candidate", Arrived);
            await events.SendAsync("cluster", Clusters);
            await events.SendAsync("of_a_later_version", "not even json");
            await events.SendAsync("verdict", Verdict);
            await events.SendAsync("done", "{}");
        });

        var happened = await ReadAsync();

        Assert.Equal("text/event-stream", Assert.Single(Api.Requests).Headers["Accept"]);
        Assert.Collection(
            happened,
            e => Assert.Equal(["sim/a", "sim/b"], Assert.IsType<RunStartedEvent>(e).Run.Models),
            e => Assert.Equal("It is 391.", Assert.IsType<CandidateEvent>(e).Candidate.Text),
            e => Assert.Equal(1, Assert.IsType<ClustersEvent>(e).Clusters.Arrived),
            e => Assert.Equal(Outcome.NoConsensus, Assert.IsType<VerdictEvent>(e).Response.Outcome));
    }

    [Fact]
    public async Task An_event_is_given_before_the_next_one_is_written()
    {
        var seen = new TaskCompletionSource();
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", Started);
            await seen.Task;
            await events.SendAsync("verdict", Verdict);
            await events.SendAsync("done", "{}");
        });

        var count = 0;
        await foreach (var happened in new ConsensusClient(Http).StreamAsync(Question, Cancelled))
        {
            count++;
            if (happened is RunStartedEvent)
            {
                seen.SetResult();
            }
        }

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task A_failed_run_in_mid_stream_is_its_problem()
    {
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", Started);
            await events.SendAsync("error", """{"type":"urn:consensus:error:panel_failed","title":"No model gave an answer.","status":502,"code":"panel_failed","retryable":true,"runId":"0193b1f0-0000-7000-8000-000000000001"}""");
            await events.SendAsync("done", "{}");
        });

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(ReadAsync);

        Assert.Equal("panel_failed", failure.Code);
        Assert.NotNull(failure.Problem.RunId);
    }

    [Fact]
    public async Task A_refused_request_is_its_problem_before_any_event()
    {
        Api.On("POST /v1/consensus", 401, """{"type":"urn:consensus:error:unauthorized","title":"A valid key is needed.","status":401,"code":"unauthorized","retryable":false}""", "application/problem+json");

        Assert.Equal("unauthorized", (await Assert.ThrowsAsync<ConsensusApiException>(ReadAsync)).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_ends_before_its_last_event_is_a_lost_connection(bool abruptly)
    {
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", Started);
            if (abruptly)
            {
                events.Break();
            }
        });

        Assert.Equal(ClientErrorCodes.ConnectionLost, (await Assert.ThrowsAsync<ConsensusApiException>(ReadAsync)).Code);
    }

    [Fact]
    public async Task An_event_that_is_not_json_is_an_unexpected_response()
    {
        Api.OnEvents("POST /v1/consensus", events => events.SendAsync("candidate", "{oops"));

        Assert.Equal(ClientErrorCodes.UnexpectedResponse, (await Assert.ThrowsAsync<ConsensusApiException>(ReadAsync)).Code);
    }

    [Fact]
    public async Task A_stream_without_a_verdict_is_an_unexpected_response()
    {
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            await events.SendAsync("run", Started);
            await events.SendAsync("done", "{}");
        });

        Assert.Equal(ClientErrorCodes.UnexpectedResponse, (await Assert.ThrowsAsync<ConsensusApiException>(ReadAsync)).Code);
    }

    [Fact]
    public async Task An_answer_that_is_no_stream_is_an_unexpected_response()
    {
        Api.On("POST /v1/consensus", 200, Verdict);

        Assert.Equal(ClientErrorCodes.UnexpectedResponse, (await Assert.ThrowsAsync<ConsensusApiException>(ReadAsync)).Code);
    }

    [Fact]
    public async Task Leaving_the_stream_early_closes_the_connection()
    {
        var gone = new TaskCompletionSource();
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            events.CallerGone.Register(gone.SetResult);
            await events.SendAsync("run", Started);
            await gone.Task;
        });

        await foreach (var _ in new ConsensusClient(Http).StreamAsync(Question, Cancelled))
        {
            break;
        }

        await gone.Task.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task The_callers_cancellation_in_mid_stream_is_not_a_failure()
    {
        using var caller = new CancellationTokenSource();
        var gone = new TaskCompletionSource();
        Api.OnEvents("POST /v1/consensus", async events =>
        {
            events.CallerGone.Register(gone.SetResult);
            await events.SendAsync("run", Started);
            await gone.Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new ConsensusClient(Http).StreamAsync(Question, caller.Token))
            {
                await caller.CancelAsync();
            }
        });
        await gone.Task.WaitAsync(Cancelled);
    }

    private async Task<List<RunEvent>> ReadAsync()
    {
        var happened = new List<RunEvent>();
        await foreach (var e in new ConsensusClient(Http).StreamAsync(Question, Cancelled))
        {
            happened.Add(e);
        }

        return happened;
    }
}
