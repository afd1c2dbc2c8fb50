using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Testing;
using Microsoft.AspNetCore.Http;

namespace Consensus.Contracts.Tests.Client;

public sealed class LiveRunClientTests : CannedApiTests
{
    private const string Id = "0193b1f0-0000-7000-8000-000000000001";
    private const string Going = $$"""{"runId":"{{Id}}","status":"running","strategy":"majority","createdAt":"2026-01-02T03:04:05Z"}""";
    private const string Ended = $$"""{"runId":"{{Id}}","status":"completed","outcome":"consensus","strategy":"majority","createdAt":"2026-01-02T03:04:05Z"}""";
    private const string Started = $$"""{"runId":"{{Id}}","strategy":"majority","models":["a"],"samplesPerModel":1,"deadlineMs":1000,"createdAt":"2026-01-02T03:04:05Z"}""";

    [Fact]
    public async Task A_run_is_begun_without_waiting_and_stopped()
    {
        Api.On("POST /v1/consensus", 202, Going).On($"POST /v1/runs/{Id}/cancel", 200, Ended);
        var client = new ConsensusClient(Http);
        var run = await client.BeginAsync(new ConsensusRequest { Prompt = "x" }, "key-1", Cancelled);
        Assert.Equal(RunStatus.Running, run.Status);
        var asked = Assert.Single(Api.Requests);
        Assert.Equal(("respond-async", "key-1"), (asked.Headers["Prefer"], asked.Headers["Idempotency-Key"]));
        await client.CancelRunAsync(run.RunId, Cancelled);
        Assert.Equal(2, Api.Requests.Count);
    }

    [Fact]
    public async Task A_key_goes_with_the_request_that_waits()
    {
        Api.On("POST /v1/consensus", 200, Ended);
        await new ConsensusClient(Http).AskAsync(new ConsensusRequest { Prompt = "x" }, "key-2", Cancelled);
        Assert.Equal("key-2", Assert.Single(Api.Requests).Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_connection_that_breaks_goes_on_after_the_last_event()
    {
        Api.On($"GET /v1/runs/{Id}/events", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            if (!context.Request.Headers.TryGetValue("Last-Event-ID", out var last))
            {
                await context.Response.WriteAsync($"id: 1\nevent: run\ndata: {Started}\n\n");
                return; // An end without the event "done" is a break: what was sent before an abort might never arrive.
            }

            Assert.Equal("1", last);
            await context.Response.WriteAsync($"id: 2\nevent: verdict\ndata: {Ended}\n\nid: 3\nevent: done\ndata: {{}}\n\n");
        });

        var events = new List<RunEvent>();
        await foreach (var happened in new ConsensusClient(Http).FollowAsync(Guid.Parse(Id), Cancelled))
        {
            events.Add(happened);
        }

        Assert.Collection(events, e => Assert.IsType<RunStartedEvent>(e), e => Assert.IsType<VerdictEvent>(e));
        Assert.Equal(2, Api.Requests.Count);
    }

    [Fact]
    public async Task An_api_that_is_gone_for_good_ends_it()
    {
        Api.On($"GET /v1/runs/{Id}/events", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(async () =>
        {
            await foreach (var _ in new ConsensusClient(Http).FollowAsync(Guid.Parse(Id), Cancelled))
            {
            }
        });
        Assert.Equal(0, failure.Problem.Status);
        Assert.Equal(6, Api.Requests.Count);
    }
}
