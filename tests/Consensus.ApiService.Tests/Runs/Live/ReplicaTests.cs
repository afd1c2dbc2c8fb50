using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Runs.Live.Elsewhere;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Runs.Live;

/// <summary>Two API processes with one database and one Redis are one to their callers.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private TestRedis _redis = null!;
    private HeldApi _one = null!;
    private HeldApi _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = TestPostgres.NewDatabase();
        _redis = await TestRedis.StartAsync(TestRedis.Garnet);
        _one = await StartAsync("one");
        _other = await StartAsync("other");

        Task<HeldApi> StartAsync(string instance) => HeldApi.StartAsync(new Dictionary<string, string>
        {
            ["ConnectionStrings:runs"] = database,
            ["ConnectionStrings:redis"] = _redis.ConnectionString,
            ["Audit:Key"] = Convert.ToBase64String(new byte[32]),
            ["RunLog:Instance"] = instance,
            ["RunLog:Content"] = "full",
            ["RunLog:Refresh"] = "00:00:00.1",
            ["Auth:KeyRefresh"] = "00:00:00.1",
        });
    }

    [Fact]
    public async Task ARunIsFollowedAndFoundAtAnyOfThem()
    {
        var location = await BeginAsync();
        using var early = await _other.SendAsync(HttpMethod.Get, location + "/events", null, ("Accept", "text/event-stream"));
        var first = await HeldApi.ReadAsync(early, static item => item.EventType == "candidate");
        Assert.Equal("run", first[0].EventType);

        using var there = await _other.SendAsync(HttpMethod.Get, location + "/events", null, ("Accept", "text/event-stream"), ("Last-Event-ID", first[^1].EventId!));
        _one.Release();
        var rest = await HeldApi.ReadAsync(there);
        using var here = await _one.SendAsync(HttpMethod.Get, location + "/events", null, ("Accept", "text/event-stream"));
        var all = await HeldApi.ReadAsync(here);

        Assert.Equal(["verdict", "done"], rest.TakeLast(2).Select(static item => item.EventType));
        Assert.Equal(all.Select(static item => (item.EventId, item.EventType, item.Data)), first.Concat(rest).Select(static item => (item.EventId, item.EventType, item.Data)));
        var run = await _other.App.Http.GetFromJsonAsync<JsonObject>(location, Token);
        Assert.Equal("completed", (string?)run!["status"]);
        Assert.Equal(391, (int)run["answer"]!["value"]!);
    }

    [Fact]
    public async Task HowFarARunIsIsToldByAnyOfThemWhileItGoes()
    {
        var location = await BeginAsync();
        var here = await Poll.UntilAsync(() => FindAsync(_one, location), static run => run.Progress is { Arrived: 1 });
        var there = await Poll.UntilAsync(() => FindAsync(_other, location), static run => run.Progress is { Arrived: 1 });
        Assert.Equal((RunStatus.Running, 3, "391"), (there.Status, there.Progress!.Asked, there.Progress.Clusters[0].Answer.Text));
        Assert.Equal(Json(here.Progress!), Json(there.Progress));
        var listed = await _other.App.Http.GetFromJsonAsync<JsonObject>("/v1/runs?status=running", Token);
        Assert.Equal(here.RunId, (Guid)listed!["items"]!.AsArray().Single()!["runId"]!);

        _one.Release();
        var ended = await Poll.UntilAsync(() => FindAsync(_other, location), static run => run.Status != RunStatus.Running);
        Assert.Equal((RunStatus.Completed, null), (ended.Status, ended.Progress));
        Assert.Empty((await _other.App.Http.GetFromJsonAsync<JsonObject>("/v1/runs?status=running", Token))!["items"]!.AsArray());
    }

    [Fact]
    public async Task WhileRedisIsAwayARunOfAnotherIsToldWithoutHowFarItIs()
    {
        var location = await BeginAsync();
        await Poll.UntilAsync(() => FindAsync(_other, location), static run => run.Progress is { Arrived: 1 });

        _redis.Dispose();

        var there = await FindAsync(_other, location);
        Assert.Equal((RunStatus.Running, null), (there.Status, there.Progress));
        Assert.Equal(1, (await FindAsync(_one, location)).Progress?.Arrived);
    }

    [Fact]
    public async Task TheLastClustersAreFoundHoweverManyEventsCameAfterThem()
    {
        var (elsewhere, seal) = (_other.App.Services.GetRequiredService<RunsElsewhere>(), _one.App.Services.GetRequiredService<EventSeal>());
        var list = _one.App.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        var runId = Guid.CreateVersion7();
        await PushAsync(RunEventNames.Run, "{}");
        Assert.Null(await elsewhere.FindProgressAsync(runId, Token));

        await PushAsync(RunEventNames.Cluster, Json(new ClustersSoFar(1, 90, [])));
        await PushAsync(RunEventNames.Cluster, Json(new ClustersSoFar(2, 90, [])));
        await list.ListRightPushAsync(RunChannels.Events(runId), "not of this service");
        for (var i = 0; i < 50; i++)
        {
            await PushAsync(RunEventNames.Candidate, "{}");
        }

        Assert.Equal(2, (await elsewhere.FindProgressAsync(runId, Token))?.Arrived);

        Task PushAsync(string name, string json) =>
            list.ListRightPushAsync(RunChannels.Events(runId), seal.Seal(runId, new NumberedFrame(1, "", new EventFrame(name, Encoding.UTF8.GetBytes(json)))));
    }

    [Fact]
    public async Task ARunIsStoppedFromAnyOfThem()
    {
        var location = await BeginAsync();

        using var stopped = await _other.SendAsync(HttpMethod.Post, location + "/cancel", null);

        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        var run = (await stopped.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        Assert.Equal(("cancelled", "cancel_requested"), ((string?)run["status"], (string?)run["statusReason"]));
        using var again = await _one.SendAsync(HttpMethod.Post, location + "/cancel", null);
        Assert.Equal("run_finished", (string?)(await again.Content.ReadFromJsonAsync<JsonObject>(Token))!["code"]);
    }

    [Fact]
    public async Task AnIdempotencyKeyBeginsOneRunWhereverItIsSent()
    {
        _one.Release();
        _other.Release();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AskUntilAnsweredAsync(i % 2 == 0 ? _one : _other)));
        Assert.Single(answers.Distinct());
        Assert.Equal(3, _one.Calls + _other.Calls);

        static async Task<string> AskUntilAnsweredAsync(HeldApi api)
        {
            while (true)
            {
                using var response = await api.AskAsync(HeldApi.Question, ("Idempotency-Key", "once"));
                var body = (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return (string)body["runId"]!;
                }

                Assert.Equal((HttpStatusCode.Conflict, true), (response.StatusCode, (bool)body["retryable"]!));
            }
        }
    }

    [Fact]
    public async Task WhatComesInForceAtOneComesInForceAtTheOthers()
    {
        using var put = await _one.SendAsync(HttpMethod.Put, "/v1/policy", """{"schemaVersion":1,"panel":{"maxModels":1,"mode":"shadow"}}""");
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Token));
        var version = (string?)(await _one.App.Http.GetFromJsonAsync<JsonObject>("/v1/policy", Token))!["version"];
        await Eventually.HoldsAsync(async () => (string?)(await _other.App.Http.GetFromJsonAsync<JsonObject>("/v1/policy", Token))!["version"] == version, "the other has the policy");

        using var made = await _one.SendAsync(HttpMethod.Post, "/v1/keys", """{"name":"ci","scopes":["run","read","admin"]}""");
        var secret = (string)(await made.Content.ReadFromJsonAsync<JsonObject>(Token))!["secret"]!;
        await Eventually.HoldsAsync(async () => (await StatusAsync(secret), await StatusAsync("wrong")) == (HttpStatusCode.OK, HttpStatusCode.Unauthorized), "the other knows the key");

        async Task<HttpStatusCode> StatusAsync(string key)
        {
            using var client = _other.App.Client(key);
            using var response = await client.GetAsync(new Uri("/v1/runs", UriKind.Relative), Token);
            return response.StatusCode;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        _redis.Dispose();
    }

    private static async Task<ConsensusResponse> FindAsync(HeldApi api, string location) => await (await api.App.Http.GetAsync(location, Token)).RunAsync();

    private static string Json(ClustersSoFar clusters) => JsonSerializer.Serialize(clusters, ConsensusJson.Default.ClustersSoFar);

    private async Task<string> BeginAsync()
    {
        using var accepted = await _one.AskAsync(HeldApi.Question, ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        return accepted.Headers.Location!.ToString();
    }
}
