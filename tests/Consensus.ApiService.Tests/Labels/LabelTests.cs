using System.Net;
using System.Text.Json;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Microsoft.Data.Sqlite;

namespace Consensus.ApiService.Tests.Labels;

public sealed class LabelTests
{
    /// <summary>Answers, the right one, whether the run's answer is right, and which cluster is.</summary>
    public static TheoryData<string, string, bool?, int?> Golds => new()
    {
        { """{"answers":[{"model":"a","text":"So it is 42."},{"model":"b","text":"42"},{"model":"c","text":"41"}]}""", "42.0", true, 0 },
        { """{"answers":[{"model":"a","text":"So it is 42."},{"model":"b","text":"42"},{"model":"c","text":"41"}]}""", "41", false, 1 },
        { """{"answers":[{"model":"a","text":"42"},{"model":"b","text":"42"},{"model":"c","text":"41"}]}""", "7", false, -1 },
        { """{"answers":[{"model":"a","text":"42"},{"model":"b","text":"41"}]}""", "42", null, null },
        {
            """{"answers":[{"model":"a","text":"The answer is B."},{"model":"b","text":"(B)"},{"model":"c","text":"A"}],"answer":{"kind":"choice","choices":["red","green"]}}""",
            "B", true, 0
        },
        { """{"answers":[{"model":"a","text":"yes"},{"model":"b","text":"Yes, it is."},{"model":"c","text":"no"}],"answer":{"kind":"boolean"}}""", "no", false, 1 },
        { """{"answers":[{"model":"a","text":"9.98"},{"model":"b","text":"10"}],"answer":{"kind":"number","tolerance":0.05}}""", "10.01", true, 0 },
        { """{"answers":[{"model":"a","text":"[1, 2]"},{"model":"b","text":"[1,2]"}],"answer":{"kind":"json"}}""", "[1,2]", true, 0 },
    };

    [Theory]
    [MemberData(nameof(Golds))]
    public async Task TheRightAnswerFindsItsClusterUnderTheRunsKind(string request, string gold, bool? right, int? cluster)
    {
        await using var app = await ApiApp.StartAsync();
        var run = await RunAsync(app, request);
        var label = await LabelAsync(app, run, new LabelRequest { Gold = gold });
        if (cluster is null)
        {
            // Two answers tie: none leads, and the right one is whichever says so.
            cluster = run.Clusters.Single(c => c.Answer.Text == gold).Id;
        }

        Assert.Equal((right, cluster, gold), (label.Right, label.RightCluster, label.Gold));
    }

    [Fact]
    public async Task WhetherTheAnswerIsRightIsEnough()
    {
        await using var app = await ApiApp.StartAsync();
        var run = await RunAsync(app);
        var wrong = await LabelAsync(app, run, new LabelRequest { Right = false });
        Assert.Equal((false, null, null), (wrong.Right, wrong.RightCluster, wrong.Gold));
        var right = await LabelAsync(app, run, new LabelRequest { Right = true });
        Assert.Equal((true, 0, null), (right.Right, right.RightCluster, right.Gold));
    }

    [Fact]
    public async Task TheLastLabelHoldsAndIsShownWithTheRunAndEarlierOnesAreKept()
    {
        await using var app = await ApiApp.StartAsync();
        var run = await RunAsync(app);
        Assert.Null((await FindAsync(app, run)).Label);
        await LabelAsync(app, run, new LabelRequest { Gold = "41" });
        var last = await LabelAsync(app, run, new LabelRequest { Gold = "42" });
        Assert.Equal(last, (await FindAsync(app, run)).Label);
        Assert.Equal(2, await CountAsync(app));

        using var deleted = await app.Http.DeleteAsync($"/v1/runs/{run.RunId}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await CountAsync(app));
    }

    [Fact]
    public async Task TheTypedClientLabels()
    {
        await using var app = await ApiApp.StartAsync();
        var run = await RunAsync(app);
        var label = await new ConsensusClient(app.Http).LabelRunAsync(run.RunId, new LabelRequest { Right = true }, TestContext.Current.CancellationToken);
        Assert.True(label.Right);
    }

    [Theory]
    [InlineData("{}", "gold required")]
    [InlineData("""{"gold":"42","right":true}""", "right contradiction")]
    [InlineData("""{"right":"yes"}""", "right invalid_type")]
    [InlineData("""{"gold":42}""", "gold invalid_type")]
    [InlineData("""{"gold":" "}""", "gold required")]
    [InlineData("""{"gold":"no number at all"}""", "gold invalid_value")]
    [InlineData("""{"truth":"42"}""", "truth unknown_member", "gold required")]
    public async Task AWrongLabelIsRefused(string label, params string[] violations)
    {
        await using var app = await ApiApp.StartAsync();
        var run = await RunAsync(app);
        using var response = await app.PostAsync($"/v1/runs/{run.RunId}/label", label);
        Assert.Equal(violations, await response.ViolationsAsync());
        Assert.Null((await FindAsync(app, run)).Label);
    }

    [Fact]
    public async Task ARunWithoutAnAnswerIsNeitherRightNorWrong()
    {
        await using var app = await ApiApp.StartAsync();
        var run = await RunAsync(app, """{"answers":[{"model":"a","text":"42"},{"model":"b","text":"41"}]}""");
        using var response = await app.PostAsync($"/v1/runs/{run.RunId}/label", """{"right":true}""");
        Assert.Equal(["right contradiction"], await response.ViolationsAsync());
    }

    [Fact]
    public async Task WithoutStoredContentOnlyRightAndWrongCanBeSaid()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "None" });
        var run = await RunAsync(app);
        await (await app.PostAsync($"/v1/runs/{run.RunId}/label", """{"gold":"42"}""")).ProblemAsync(ErrorCatalog.ContentNotStored);
        var label = await LabelAsync(app, run, new LabelRequest { Right = true });
        Assert.Equal((true, 0, null), (label.Right, label.RightCluster, label.Gold));
    }

    [Fact]
    public async Task AGoldThatRedactionWouldReplaceIsNotComparedWithReplacedTexts()
    {
        const string Request = """{"answers":[{"model":"a","text":"ann@example.org"},{"model":"b","text":"ann@example.org"},{"model":"c","text":"bob@example.org"}],"answer":{"kind":"text"}}""";
        await using (var redacted = await ApiApp.StartAsync())
        {
            var run = await RunAsync(redacted, Request);
            await (await redacted.PostAsync($"/v1/runs/{run.RunId}/label", """{"gold":"bob@example.org"}""")).ProblemAsync(ErrorCatalog.ContentNotStored);
        }

        await using var full = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Content"] = "Full" });
        var kept = await RunAsync(full, Request);
        Assert.Equal("bob@example.org", (await LabelAsync(full, kept, new LabelRequest { Gold = "bob@example.org" })).Gold);
    }

    [Fact]
    public async Task AKeyLabelsItsOwnRunsAndAnAdministratorAll()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var bob = app.Client(KeyedApi.Key("bob"));
        using var root = app.Client(KeyedApi.Key("root"));
        using var answered = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate, alice);
        var path = $"/v1/runs/{(await answered.RunAsync()).RunId}/label";
        await (await app.PostAsync(path, """{"right":true}""", bob)).ProblemAsync(ErrorCatalog.RunNotFound);
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(path, """{"right":true}""", alice)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.PostAsync(path, """{"right":false}""", root)).StatusCode);
    }

    [Fact]
    public async Task WithoutARunLogThereIsNothingToLabel()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await (await app.PostAsync($"/v1/runs/{Guid.CreateVersion7()}/label", """{"right":true}""")).ProblemAsync(ErrorCatalog.RunLogDisabled);
    }

    private static async Task<ConsensusResponse> RunAsync(ApiApp app, string request = Answers.SmallAggregate)
    {
        using var response = await app.PostAsync("/v1/consensus/aggregate", request);
        return await response.RunAsync();
    }

    private static async Task<ConsensusResponse> FindAsync(ApiApp app, ConsensusResponse run)
    {
        using var response = await app.Http.GetAsync($"/v1/runs/{run.RunId}");
        return await response.RunAsync();
    }

    private static async Task<LabelBody> LabelAsync(ApiApp app, ConsensusResponse run, LabelRequest label)
    {
        using var response = await app.PostAsync($"/v1/runs/{run.RunId}/label", JsonSerializer.Serialize(label, ConsensusJson.Default.LabelRequest));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize(text, ConsensusJson.Default.LabelBody)!;
    }

    private static async Task<long> CountAsync(ApiApp app)
    {
        var log = (Storage.Runs.RunLog)app.Services.GetService(typeof(Storage.Runs.RunLog))!;
        await using var connection = new SqliteConnection($"Data Source={log.Place};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM labels";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
