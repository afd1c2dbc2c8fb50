using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Consensus.Contracts.Runs.Outcome;

namespace Consensus.ApiService.Tests.Provenance;

/// <summary>Stored runs decided again.</summary>
public sealed class ReplayTests(SharedApi shared)
{
    private static readonly string[] Texts =
    [
        "42", "So it is 42.", "The answer is **41**.", "41.9", "yes", "No.", "B", "(A) red", "Paris", "paris.", "It is not Paris.", "[1, 2]", "",
        "I cannot say.",
        "The light was lit in 1871. Its keeper was Ada.", "Its keeper was Ada; the light was lit in 1871.",
    ];

    private static readonly string[] Strategies = ["majority", "supermajority", "unanimous", "weighted", "learned", "medoid"];

    private static readonly JsonObject?[] Forms =
    [
        null,
        new JsonObject { ["kind"] = "number", ["tolerance"] = 0.5 },
        new JsonObject { ["kind"] = "choice", ["choices"] = new JsonArray("red", "green") },
        new JsonObject { ["kind"] = "text" },
        new JsonObject { ["kind"] = "json", ["schema"] = new JsonObject { ["type"] = "array" } },
    ];

    [Fact]
    public async Task WhatIsDecidedAgainIsWhatWasDecidedWhateverWasAsked()
    {
        foreach (var request in Requests().Sample(40, 60))
        {
            var run = await shared.App.DecideAsync(request);
            var report = await shared.App.ReplayAsync(run.RunId);
            Assert.True(report.IsSame, $"{request.ToJsonString()}: {string.Join("; ", report.Differences)}");
            Assert.Equal((run.Outcome, run.Agreement), (report.Is.Outcome, report.Is.Agreement));
            Assert.All(report.Versions, version => Assert.True(version.IsSame));
        }
    }

    [Theory]
    [InlineData("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"samplesPerModel":2}""")]
    [InlineData("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"strategy":"self_consistency","models":["sim/ada"],"samplesPerModel":5}""")]
    [InlineData("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"earlyStop":"certain"}""")]
    [InlineData("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"earlyStop":"adaptive"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"What is 2 + 2?"}],"answer":{"kind":"text"},"strategy":"weighted","category":"arithmetic"}""")]
    public async Task ARunOfModelsIsDecidedAgainWithoutAskingThem(string request)
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(request)!, "/v1/consensus");
        var before = await StoredAsync(run);
        var report = await shared.App.ReplayAsync(run.RunId);
        Assert.True(report.IsSame, string.Join("; ", report.Differences));
        Assert.Equal(before, await StoredAsync(run));
    }

    [Fact]
    public async Task AChangedCandidateShows()
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        await shared.App.EditAsync(run.RunId, "text = '41'", where: "position = 1");
        var report = await shared.App.ReplayAsync(run.RunId);

        Assert.False(report.IsSame);
        Assert.False(report.RequestMatches);
        Assert.Contains(
            report.Differences,
            difference => difference is { Field: "answer.value", Was: { } was, Is: { } now } && was.GetInt32() == 42 && now.GetInt32() == 41);
        Assert.Contains(report.Differences, difference => difference.Field == "votes[1].answer.text");
        Assert.Contains(report.Differences, difference => difference.Field == "clusters[0].candidates");
        Assert.DoesNotContain(report.Differences, difference => difference.Field is "outcome" or "agreement" or "margin");
    }

    [Fact]
    public async Task AChangedVerdictShows()
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        await shared.App.EditAsync(run.RunId, "agreement = agreement + 1e-12, confidence_raw = 0.99", "runs");
        var difference = Assert.Single((await shared.App.ReplayAsync(run.RunId)).Differences);
        Assert.Equal(("confidence.raw", 0.99), (difference.Field, difference.Was!.Value.GetDouble()));
    }

    [Fact]
    public async Task AnotherStrategyOrQuorumTellsWhatItWouldHaveDecided()
    {
        var run = await shared.App.DecideAsync(Answers.Aggregate("42", "42", "42", "41", "40"));
        var client = new ConsensusClient(shared.App.Http);
        var strict = await client.ReplayRunAsync(run.RunId, new ReplayRequest { Strategy = "supermajority" }, TestContext.Current.CancellationToken);
        Assert.Equal(
            (true, Outcome.Consensus, Outcome.Plurality, "supermajority", null),
            (strict.IsWhatIf, strict.Was.Outcome, strict.Is.Outcome, strict.Strategy, strict.Quorum));
        var low = await client.ReplayRunAsync(run.RunId, new ReplayRequest { Quorum = 0.7 }, TestContext.Current.CancellationToken);
        Assert.Equal((Outcome.Plurality, 0.7), (low.Is.Outcome, low.Quorum));
        var first = low.Differences[0];
        Assert.Equal(("outcome", "consensus", "plurality"), (first.Field, first.Was!.Value.GetString(), first.Is!.Value.GetString()));
        Assert.DoesNotContain(
            low.Differences,
            difference => difference.Field is "agreement" or "entropy" or "answer" || difference.Field.StartsWith("votes", StringComparison.Ordinal));
        var own = await client.ReplayRunAsync(run.RunId, new ReplayRequest { Strategy = "majority" }, TestContext.Current.CancellationToken);
        Assert.Equal((false, true), (own.IsWhatIf, own.IsSame));
    }

    [Theory]
    [InlineData("""{"strategy":"oracle","quorum":1,"seed":1}""", "seed unknown_member", "strategy unknown_strategy", "quorum out_of_range")]
    [InlineData("""{"strategy":"debate","quorum":0.6}""", "strategy contradiction", "quorum contradiction")]
    [InlineData("""{"strategy":"unanimous","quorum":0.6}""", "quorum contradiction")]
    [InlineData("""{"strategy":"self_consistency"}""", "strategy contradiction")]
    [InlineData("""{"strategy":1}""", "strategy invalid_type")]
    public async Task AWrongWishIsRefusedWithAllThatIsWrong(string body, params string[] violations)
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        using var response = await shared.App.PostAsync($"/v1/runs/{run.RunId}/replay", body);
        Assert.Equal(violations, await response.ViolationsAsync());
    }

    [Fact]
    public async Task WhatWasNeverDecidedOrIsNotStoredIsRefused()
    {
        await (await shared.App.PostAsync($"/v1/runs/{Guid.CreateVersion7()}/replay", "{}")).ProblemAsync(ErrorCatalog.RunNotFound);
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        await shared.App.EditAsync(run.RunId, "status = 'failed', outcome = NULL", "runs");
        await (await shared.App.PostAsync($"/v1/runs/{run.RunId}/replay", "{}")).ProblemAsync(ErrorCatalog.RunNotReplayable);
        await shared.App.EditAsync(run.RunId, "status = 'running'", "runs");
        await (await shared.App.PostAsync($"/v1/runs/{run.RunId}/replay", "{}")).ProblemAsync(ErrorCatalog.RunInProgress);

        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "None" });
        var bare = await app.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        await (await app.PostAsync($"/v1/runs/{bare.RunId}/replay", "{}")).ProblemAsync(ErrorCatalog.ContentNotStored);
    }

    [Fact]
    public async Task AnswersThatRedactionMadeAlikeAreNotDecidedAgain()
    {
        var request = Answers.Aggregate("ann@example.org", "ann@example.org", "bob@example.org");
        request["answer"] = new JsonObject { ["kind"] = "text" };
        var merged = await shared.App.DecideAsync(request);
        await (await shared.App.PostAsync($"/v1/runs/{merged.RunId}/replay", "{}")).ProblemAsync(ErrorCatalog.ContentNotStored);

        var kept = await shared.App.DecideAsync(Answers.Aggregate("Ask ann@example.org. The answer is 42.", "42", "41"));
        Assert.True((await shared.App.ReplayAsync(kept.RunId)).IsSame);
    }

    [Fact]
    public async Task AReplayIsOnTheAuditTrail()
    {
        var run = await shared.App.DecideAsync(JsonNode.Parse(Answers.SmallAggregate)!);
        await shared.App.ReplayAsync(run.RunId, """{"quorum":0.9}""");
        var entries = await new ConsensusClient(shared.App.Http).ListAuditAsync(
            new AuditQuery { SubjectId = run.RunId.ToString("D"), Action = AuditAction.RunReplayed }, TestContext.Current.CancellationToken);
        var detail = Assert.Single(entries.Items).Detail;
        Assert.Equal(("majority", 0.9, 1, 1), (
            detail.GetProperty("strategy").GetString(), detail.GetProperty("quorum").GetDouble(),
            detail.GetProperty("whatIf").GetInt32(), detail.GetProperty("differences").GetInt32()));
    }

    private async Task<string> StoredAsync(ConsensusResponse run) => await shared.App.Http.GetStringAsync($"/v1/runs/{run.RunId}");

    private static Gen<JsonObject> Requests() =>
        from texts in Gen.ArrayOf(Gen.Elements(Texts))
        from failed in Gen.Choose(0, 2)
        from strategy in Gen.Elements(Strategies)
        from form in Gen.Elements(Forms)
        from quorum in Gen.Elements<double?>(null, 0, 0.3, 0.75)
        select Request(texts, failed, strategy, form, quorum);

    private static JsonObject Request(string[] texts, int failed, string strategy, JsonObject? form, double? quorum)
    {
        var request = Answers.Aggregate([.. texts.Take(12), "42"]);
        for (var i = 0; i < failed; i++)
        {
            request["answers"]!.AsArray().Add(new JsonObject { ["model"] = $"lost{i}", ["error"] = "timeout" });
        }

        request["strategy"] = strategy;
        if (form is not null)
        {
            request["answer"] = form.DeepClone();
        }

        if (quorum is { } given && strategy is not ("supermajority" or "unanimous"))
        {
            request["quorum"] = given;
        }

        if (strategy == "weighted")
        {
            request["reliability"] = new JsonObject { ["m0"] = 0.9 };
        }

        return request;
    }
}
