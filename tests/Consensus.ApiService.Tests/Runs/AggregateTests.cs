using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Runs;

public sealed class AggregateTests(SharedApi shared)
{
    [Fact]
    public async Task AnswersAreDecidedAndStored()
    {
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", """
            {"prompt":"6 * 7?","answers":[{"model":"a","text":"The answer is **42**."},{"model":"b","text":"#### 42"},{"model":"c","text":"41"},{"model":"d","error":"timeout"},{"model":"a","text":"42.0"}],
             "answer":{"kind":"number"},"category":"sums","tags":["t1"],"metadata":{"who":"me"}}
            """);
        var run = await response.RunAsync();
        Assert.Equal((Outcome.Consensus, RunStatus.Completed, RunKind.Aggregate), (run.Outcome, run.Status, run.Kind));
        Assert.Equal("42", run.Answer!.Value!.Value.GetRawText());
        Assert.Equal(0.6, run.Agreement!.Value, 12);
        Assert.Equal([3, 1], run.Clusters.Select(c => c.Size));
        Assert.Equal([0, 0, 0, 0, 1], run.Candidates!.Select(c => c.Sample));
        Assert.Equal(FailureReason.Timeout, run.Candidates![3].Error!.Reason);
        Assert.True(run.Degraded);
        Assert.Null(run.Request);
        Assert.Null(run.Usage);
        Assert.Equal($"/v1/runs/{run.RunId}", response.Headers.Location?.OriginalString);

        using var found = await shared.App.Http.GetAsync(response.Headers.Location);
        var stored = await found.RunAsync();
        Assert.Equal("6 * 7?", stored.Request!.Prompt);
        Assert.Equal(["a", "b", "c", "d"], stored.Request.Models);
        Assert.Equal(("sums", "t1", "me"), (stored.Request.Category, stored.Request.Tags.Single(), stored.Request.Metadata!["who"]));
        Assert.Equal(Json(run.Clusters), Json(stored.Clusters));
        Assert.Equal(run.Agreement, stored.Agreement);
    }

    [Fact]
    public async Task CandidatesAreLeftOutWhereTheyAreNotIncluded()
    {
        var request = Answers.Aggregate("1", "1");
        request["include"] = new JsonArray("clusters", "provenance");
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", request);
        var run = await response.RunAsync();
        Assert.Null(run.Candidates);
        Assert.Single(run.Clusters);
        Assert.Equal("hmac-sha256", run.Provenance!.Request!.Algorithm);
    }

    [Theory]
    [InlineData("majority")]
    [InlineData("supermajority")]
    [InlineData("unanimous")]
    [InlineData("weighted")]
    [InlineData("medoid")]
    public async Task EveryStrategyDecides(string strategy)
    {
        var request = Answers.Aggregate("Paris", "paris.", "The answer is **Paris**");
        request["strategy"] = strategy;
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", request);
        var run = await response.RunAsync();
        Assert.Equal((strategy, Outcome.Consensus, 1.0), (run.Strategy, run.Outcome, run.Agreement));
    }

    [Fact]
    public async Task SeveralAnswersOfOneModelAreSelfConsistency()
    {
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", """{"strategy":"self_consistency","answers":[{"model":"a","text":"7"},{"model":"a","text":"7"},{"model":"a","text":"8"}]}""");
        Assert.Equal(Outcome.Consensus, (await response.RunAsync()).Outcome);
    }

    [Fact]
    public async Task ATieHasNoAnswer()
    {
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", Answers.Aggregate("1", "1", "2", "2"));
        var run = await response.RunAsync();
        Assert.Equal(Outcome.NoConsensus, run.Outcome);
        Assert.Null(run.Answer);
        Assert.Equal(2, run.Clusters.Count);
    }

    [Fact]
    public async Task AJsonAnswerThatBreaksTheSchemaHasNoVote()
    {
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", """
            {"answers":[{"model":"a","text":"{\"n\":1}"},{"model":"b","text":"{\"n\": 1.0}"},{"model":"c","text":"{\"n\":\"one\"}"}],
             "answer":{"kind":"json","schema":{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}}}
            """);
        var run = await response.RunAsync();
        Assert.Equal([CandidateStatus.Answered, CandidateStatus.Answered, CandidateStatus.NoAnswer], run.Candidates!.Select(c => c.Status));
        Assert.Single(run.Clusters);
    }

    [Fact]
    public async Task TextOfAnyScriptIsWrittenAsItIs()
    {
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", Answers.Aggregate("東京", "東京", "Αθήνα"));
        Assert.Contains("東京", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoPromptOrAnswerIsEverLogged()
    {
        const string Marker = "zq8-marker-zq8";
        var request = Answers.Aggregate(Marker, Marker);
        request["prompt"] = Marker;
        using var response = await shared.App.PostAsync("/v1/consensus/aggregate", request);
        await response.RunAsync();
        using var asked = await shared.App.PostAsync("/v1/consensus", $$"""{"prompt":"What is {{Marker}}?"}""");
        await asked.RunAsync();
        Assert.DoesNotContain(shared.App.Log.Lines, l => l.Contains(Marker, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunsAndErrorsAreCountedInTheMetrics()
    {
        using var run = await shared.App.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        using var error = await shared.App.PostAsync("/v1/consensus/aggregate", "{");
        await Poll.UntilAsync(() => shared.App.Http.GetStringAsync("/metrics"), text => text.Split('\n') is var lines
            && lines.Any(l => l.StartsWith("consensus_runs_total{", StringComparison.Ordinal) && l.Contains("strategy=\"majority\"", StringComparison.Ordinal) && l.Contains("outcome=\"consensus\"", StringComparison.Ordinal))
            && lines.Any(l => l.StartsWith("consensus_run_duration_seconds_count{", StringComparison.Ordinal))
            && lines.Any(l => l.StartsWith("consensus_run_overhead_seconds_count{", StringComparison.Ordinal))
            && lines.Any(l => l.StartsWith("consensus_errors_total{", StringComparison.Ordinal) && l.Contains("code=\"malformed_json\"", StringComparison.Ordinal)));
    }

    private static string Json(IReadOnlyList<ClusterBody> clusters) => string.Join('\n', clusters.Select(c =>
        JsonSerializer.Serialize(new ConsensusResponse { RunId = default, Status = default, Strategy = "", Clusters = [c] }, ConsensusJson.Default.ConsensusResponse)));
}
