using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using static Consensus.ApiService.Tests.Mcp.McpCalls;

namespace Consensus.ApiService.Tests.Mcp;

/// <summary>What users of the official library for .NET meet, over the newest revision of the protocol and over one with sessions. <see cref="McpNodeClientTests"/> has the same for Node.</summary>
public sealed class McpDotNetClientTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private static CancellationToken Over => TestContext.Current.CancellationToken;

    public static TheoryData<string?> Revisions => new([null, "2025-11-25"]);

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task APanelIsAskedAndItsRunLookedUp(string? revision)
    {
        await using var client = await ConnectAsync("alice", revision);
        Assert.Equal("consensus", client.ServerInfo?.Name);
        var asked = await client.CallToolAsync("ask_consensus", Arguments("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"tags":["mcp"]}"""), cancellationToken: Over);
        Assert.True(asked.IsError is not true);
        var verdict = Structure(asked);
        Assert.Equal(("consensus", "391", 1.0, "stable"), ((string?)verdict["outcome"], (string?)verdict["answer"]!["text"], (double)verdict["agreement"]!, (string?)verdict["stability"]!["level"]));
        Assert.Empty(verdict["dissent"]!.AsArray());
        Assert.StartsWith("391\n\nOutcome: consensus by majority, agreement 100 %, confidence 70 % (not calibrated), stable stability.\nRun ", Text(asked), StringComparison.Ordinal);

        var found = await client.CallToolAsync("get_run", new Dictionary<string, object?> { ["runId"] = (string?)verdict["runId"] }, cancellationToken: Over);
        var run = Structure(found);
        Assert.Equal(("What is 17 * 23?", "completed", 3), ((string?)run["question"], (string?)run["status"], run["candidates"]!.AsArray().Count));
        Assert.Contains("sim/boole: 17 * 23 = 391.", Text(found), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task ADividedPanelHasNoAnswerAndTellsWhatAllSay(string? revision)
    {
        await using var client = await ConnectAsync("alice", revision);
        var asked = await client.CallToolAsync("ask_consensus", new Dictionary<string, object?> { ["prompt"] = OpenAiRig.Divisive, ["panel"] = "divided" }, cancellationToken: Over);
        var verdict = Structure(asked);
        Assert.Equal(("no_consensus", true), ((string?)verdict["outcome"], verdict["answer"] is null));
        Assert.Equal(["Ghent", "Lyon"], verdict["dissent"]!.AsArray().Select(d => (string?)d!["answer"]).Order());
        Assert.StartsWith("There is no answer: the panel came to no consensus.", Text(asked), StringComparison.Ordinal);
        Assert.Contains("Said by sim/left (50 %): Lyon", Text(asked), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task ProgressIsToldWhileAnswersArrive(string? revision)
    {
        await using var client = await ConnectAsync("alice", revision);
        var told = new ConcurrentQueue<ProgressNotificationValue>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Over);
        var asking = client.CallToolAsync(
            "ask_consensus", Arguments("""{"prompt":"What is 17 * 23?","models":["sim/ada","sim/boole","sim/silent"]}"""), new Progress(told), cancellationToken: enough.Token).AsTask();
        await Poll.UntilAsync(() => told.Count == 3);
        Assert.Equal([0f, 1, 2], told.Select(p => p.Progress).Order());
        Assert.All(told, p => Assert.Equal(3f, p.Total));
        Assert.Contains(told, p => p.Message == "sim/ada: 391");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task EveryWrongArgumentIsNamedInTextAndStructure(string? revision)
    {
        await using var client = await ConnectAsync("alice", revision);
        var asked = await client.CallToolAsync("ask_consensus", Arguments("""{"strategy":"oracle","quorum":2,"promt":"x","messages":[]}"""), cancellationToken: Over);
        Assert.True(asked.IsError);
        var error = Structure(asked)["error"]!;
        Assert.Equal("validation_failed", (string?)error["code"]);
        string[] violations = ["messages unknown_member", "prompt required", "promt unknown_member", "quorum out_of_range", "strategy unknown_strategy"];
        Assert.Equal(violations, error["errors"]!.AsArray().Select(e => $"{e!["field"]} {e["code"]}").Order(StringComparer.Ordinal));
        Assert.All(violations, v => Assert.Contains($"- {v.Split(' ')[0]}: ", Text(asked), StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailuresAreResultsWithTheirCode()
    {
        await using var client = await ConnectAsync("alice");
        Assert.Equal("panel_failed", await CodeAsync(client, "ask_consensus", """{"prompt":"x","models":["sim/broken"]}"""));
        Assert.Equal("deadline_exceeded", await CodeAsync(client, "ask_consensus", """{"prompt":"x","models":["sim/silent"],"deadlineMs":200}"""));
        Assert.Equal("run_not_found", await CodeAsync(client, "get_run", """{"runId":"01900000-0000-7000-8000-000000000000"}"""));
        Assert.Equal("run_not_found", await CodeAsync(client, "get_run", """{"runId":"the last one"}"""));
        Assert.Equal("validation_failed", await CodeAsync(client, "get_run", "{}"));
        Assert.Equal("validation_failed", await CodeAsync(client, "get_run", """{"runId":7,"x":1}"""));
        Assert.Equal("validation_failed", await CodeAsync(client, "check_evidence", "{}"));
        Assert.Equal("validation_failed", await CodeAsync(client, "ask_consensus", """{"prompt":"x","parentRunId":"0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35"}"""));
        Assert.Equal(
            "validation_failed",
            await CodeAsync(client, "check_evidence", """{"answer":"x","documents":[{"content":"x"}],"parentRunId":"0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35"}"""));
        await Assert.ThrowsAsync<McpProtocolException>(() => CodeAsync(client, "guess_evidence", "{}"));
    }

    [Fact]
    public async Task AnAnswerIsCheckedAgainstDocuments()
    {
        await using var client = await ConnectAsync("alice");
        var arguments = Arguments("""{"answer":"The light was lit in 1872 [1]. Its keeper was Ada Moen [1].","documents":[{"content":"The light was lit in 1871. Its keeper was Ada Moen."}]}""");

        var result = await client.CallToolAsync("check_evidence", arguments, cancellationToken: Over);

        Assert.Equal(["contradicted", "supported"], Structure(result)["claims"]!.AsArray().Select(claim => (string?)claim!["label"]));
        Assert.Contains("contradicted: The light was lit in 1872.", ((TextContentBlock)result.Content[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeySeesTheToolsOfItsScopesAndItsOwnRuns()
    {
        await using var alice = await ConnectAsync("alice");
        await using var bob = await ConnectAsync("bob", "2025-11-25");
        await using var root = await ConnectAsync("root");
        await using var runner = await ConnectAsync("run");
        await using var reader = await ConnectAsync("read");
        Assert.Equal(["ask_consensus", "check_evidence", "get_run"], (await alice.ListToolsAsync(cancellationToken: Over)).Select(t => t.Name));
        Assert.Equal(["ask_consensus", "check_evidence"], (await runner.ListToolsAsync(cancellationToken: Over)).Select(t => t.Name));
        Assert.Equal(["get_run"], (await reader.ListToolsAsync(cancellationToken: Over)).Select(t => t.Name));
        Assert.Equal("forbidden", await CodeAsync(reader, "ask_consensus", """{"prompt":"x"}"""));
        Assert.Equal("forbidden", await CodeAsync(runner, "get_run", """{"runId":"x"}"""));

        var hers = Structure(await alice.CallToolAsync("ask_consensus", Arguments("""{"prompt":"What is 2 + 2?"}"""), cancellationToken: Over))["runId"]!;
        Assert.Equal("run_not_found", await CodeAsync(bob, "get_run", $$"""{"runId":"{{hers}}"}"""));
        Assert.Equal("run_not_found", await CodeAsync(reader, "get_run", $$"""{"runId":"{{hers}}"}"""));
        Assert.Null(await CodeAsync(root, "get_run", $$"""{"runId":"{{hers}}"}"""));
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public async Task AQuestionThatIsTakenBackCancelsItsRun(string? revision)
    {
        await using var client = await ConnectAsync("alice", revision);
        using var leaving = new CancellationTokenSource();
        var before = await rig.AskedAsync("silent");
        var asking = client.CallToolAsync("ask_consensus", Arguments("""{"prompt":"x","models":["sim/silent"]}"""), cancellationToken: leaving.Token).AsTask();
        await Poll.UntilAsync(() => rig.AskedAsync("silent"), asked => asked > before);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await rig.HasCancelledAsync();
    }

    [Fact]
    public async Task WithoutAKeyNobodyIsLetIn() =>
        Assert.Contains("401", (await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync("nobody"))).ToString(), StringComparison.Ordinal);

    private Task<McpClient> ConnectAsync(string key, string? revision = null) => McpCalls.ConnectAsync(rig.App, key, revision);

    private sealed class Progress(ConcurrentQueue<ProgressNotificationValue> told) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => told.Enqueue(value);
    }
}
