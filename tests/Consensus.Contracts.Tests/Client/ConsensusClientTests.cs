using Consensus.Contracts.Client;
using Consensus.Contracts.Runs;
using Consensus.Testing;

namespace Consensus.Contracts.Tests.Client;

public sealed class ConsensusClientTests : CannedApiTests
{
    private const string Response = """
        {"runId":"0193b1f0-0000-7000-8000-000000000001","status":"completed","outcome":"consensus","strategy":"majority",
         "answer":{"text":"391","value":391,"kind":"number"},"agreement":0.8,"clusters":[],"createdAt":"2026-01-02T03:04:05Z","links":{},"fromALaterVersion":{"a":1}}
        """;

    [Fact]
    public async Task A_request_is_sent_without_nulls_and_with_its_key()
    {
        Api.On("POST /v1/consensus", 200, Response);
        var client = new ConsensusClient(Http, " secret ");

        await client.AskAsync(new ConsensusRequest { Prompt = "17 * 23", EarlyStop = EarlyStop.Certain, Answer = new AnswerRequest { Kind = AnswerKindName.Number } }, Cancelled);

        var asked = Assert.Single(Api.Requests);
        Assert.Equal("""{"prompt":"17 * 23","answer":{"kind":"number"},"earlyStop":"certain"}""", asked.Body);
        Assert.Equal("Bearer secret", asked.Headers["Authorization"]);
        Assert.Equal("application/json", asked.Headers["Content-Type"]);
        Assert.Equal("application/json", asked.Headers["Accept"]);
        Assert.Equal(asked.Body.Length.ToString(), asked.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Members_of_a_later_version_are_tolerated()
    {
        Api.On("POST /v1/consensus", 200, Response);

        var run = await new ConsensusClient(Http).AskAsync(new ConsensusRequest { Prompt = "17 * 23" }, Cancelled);

        Assert.Equal(Outcome.Consensus, run.Outcome);
        Assert.Equal(391, run.Answer!.Value!.Value.GetInt32());
        Assert.Equal(0.8, run.Agreement);
    }

    [Fact]
    public async Task Without_a_key_no_authorization_is_sent()
    {
        Api.On("GET /v1/models", 200, """{"models":[],"panels":{}}""");

        await new ConsensusClient(Http, "  ").ListModelsAsync(Cancelled);

        Assert.DoesNotContain("Authorization", Assert.Single(Api.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a b")]
    [InlineData("clé")]
    public void A_key_that_no_header_can_carry_is_refused(string key) => Assert.Throws<ArgumentException>(() => new ConsensusClient(Http, key));

    [Fact]
    public async Task An_aggregate_goes_to_its_own_route()
    {
        Api.On("POST /v1/consensus/aggregate", 200, Response);

        await new ConsensusClient(Http).AggregateAsync(
            new AggregateRequest { Answers = [new AggregateAnswer { Model = "a", Text = "4" }, new AggregateAnswer { Model = "b", Error = FailureReason.RateLimited }] },
            Cancelled);

        Assert.Equal("""{"answers":[{"model":"a","text":"4"},{"model":"b","error":"rate_limited"}]}""", Assert.Single(Api.Requests).Body);
    }

    [Fact]
    public async Task Runs_are_listed_by_filters_and_cursor()
    {
        Api.On("GET /v1/runs", 200, """{"items":[{"runId":"0193b1f0-0000-7000-8000-000000000001","status":"completed","strategy":"majority","createdAt":"2026-01-02T03:04:05Z"}],"next":"abc"}""");
        var from = new DateTimeOffset(2026, 1, 2, 4, 4, 5, 250, TimeSpan.FromHours(1));

        var page = await new ConsensusClient(Http).ListRunsAsync(
            new RunQuery { From = from, Outcome = Outcome.NoConsensus, Status = RunStatus.Completed, Model = "sim/a&b", Tag = "x y", Limit = 5, Cursor = "c+/=" },
            Cancelled);

        Assert.Equal("?from=2026-01-02T03%3A04%3A05.25Z&outcome=no_consensus&status=completed&model=sim%2Fa%26b&tag=x%20y&limit=5&cursor=c%2B%2F%3D", Assert.Single(Api.Requests).Query);
        Assert.Equal("abc", page.Next);
        Assert.Equal("majority", Assert.Single(page.Items).Strategy);
    }

    [Fact]
    public async Task A_run_is_found_and_erased_by_its_id()
    {
        var id = Guid.Parse("0193b1f0-0000-7000-8000-000000000001");
        Api.On($"GET /v1/runs/{id}", 200, Response).On($"DELETE /v1/runs/{id}", 204, "");
        var client = new ConsensusClient(Http);

        var run = await client.GetRunAsync(id, Cancelled);
        await client.DeleteRunAsync(id, Cancelled);

        Assert.Equal(id, run.RunId);
        Assert.Equal([$"GET /v1/runs/{id}", $"DELETE /v1/runs/{id}"], Api.Requests.Select(r => r.Route));
    }

    [Fact]
    public async Task Models_panels_and_strategies_are_listed()
    {
        Api.On("GET /v1/models", 200, """{"models":[{"id":"sim/a","provider":"sim","family":"a","inputUsdPerMillion":0.5,"simulated":true}],"panels":{"default":["sim/a"]}}""")
            .On("GET /v1/strategies", 200, """{"strategies":[{"name":"majority","description":"d","confidence":"c","callsModels":false}]}""");
        var client = new ConsensusClient(Http);

        var models = await client.ListModelsAsync(Cancelled);
        var strategies = await client.ListStrategiesAsync(Cancelled);

        Assert.Equal(0.5m, Assert.Single(models.Models).InputUsdPerMillion);
        Assert.Equal(["sim/a"], models.Panels["default"]);
        Assert.Equal("majority", Assert.Single(strategies.Strategies).Name);
    }

    [Theory]
    [InlineData(200, """{"status":"degraded","dependencies":{}}""", true, "degraded")]
    [InlineData(503, """{"status":"unready"}""", false, "unready")]
    [InlineData(503, "busy", false, "")]
    [InlineData(200, """{"status":1}""", true, "")]
    public async Task Readiness_is_an_answer_also_when_it_is_no(int status, string body, bool ready, string word)
    {
        Api.On("GET /ready", status, body);

        Assert.Equal(new Readiness(ready, word), await new ConsensusClient(Http).GetReadinessAsync(Cancelled));
    }
}
