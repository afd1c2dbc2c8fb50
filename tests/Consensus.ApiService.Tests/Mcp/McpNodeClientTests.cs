using System.Text.Json.Nodes;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Tests.Mcp;

/// <summary>What users of the official library for Node meet; it checks every result against the tool's output schema. <see cref="McpDotNetClientTests"/> has the same for .NET.</summary>
public sealed class McpNodeClientTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    [Fact]
    public async Task TheToolsSayWhatTheyTakeByTheRulesOfTheApi()
    {
        var told = await TellAsync("tools", "alice");
        Assert.Equal("consensus", Text(told["server"]!["name"]));
        Assert.Contains("null answer", Text(told["instructions"]), StringComparison.Ordinal);
        var tools = told["tools"]!.AsArray();
        Assert.Equal(["ask_consensus", "check_evidence", "get_run"], tools.Select(t => Text(t!["name"])));
        Assert.All(tools, t => Assert.False(string.IsNullOrWhiteSpace(Text(t!["description"]))));
        Assert.All(tools, t => Assert.NotNull(t!["outputSchema"]));

        var properties = tools[0]!["inputSchema"]!["properties"]!.AsObject();
        Assert.Subset(ConsensusRequestReader.Members.ToHashSet(), properties.Select(p => p.Key).ToHashSet());
        Assert.All(properties, p => Assert.False(string.IsNullOrWhiteSpace(Text(p.Value!["description"]))));
        Assert.Contains(Strategies.Weighted, properties["strategy"]!["enum"]!.AsArray().Select(Text));
        Assert.Equal(["default", "divided"], properties["panel"]!["enum"]!.AsArray().Select(Text));
        Assert.Equal(
            (Contracts.Limits.MinDeadlineMs, Contracts.Limits.MaxDeadlineMs), ((int)properties["deadlineMs"]!["minimum"]!, (int)properties["deadlineMs"]!["maximum"]!));
        Assert.Equal(["prompt"], tools[0]!["inputSchema"]!["required"]!.AsArray().Select(Text));
    }

    [Fact]
    public async Task APanelIsAskedWithProgressAndItsRunLookedUp()
    {
        var told = await CallAsync("alice", "ask_consensus", new JsonObject { ["prompt"] = OpenAiRig.Question });
        var verdict = told["value"]!["structuredContent"]!;
        Assert.Equal(("consensus", "391"), (Text(verdict["outcome"]), Text(verdict["answer"]!["text"])));
        Assert.Equal([0, 1, 2, 3], told["progress"]!.AsArray().Select(p => (int)p!["progress"]!));

        var found = (await CallAsync("alice", "get_run", new JsonObject { ["runId"] = verdict["runId"]!.DeepClone() }))["value"]!["structuredContent"]!;
        Assert.Equal((OpenAiRig.Question, 3), (Text(found["question"]), found["candidates"]!.AsArray().Count));
        Assert.Equal("run_not_found", Text((await CallAsync("bob", "get_run", new JsonObject { ["runId"] = verdict["runId"]!.DeepClone() }))["value"]!["structuredContent"]!["error"]!["code"]));
    }

    [Fact]
    public async Task ADividedPanelHasNoAnswer()
    {
        var verdict = (await CallAsync("alice", "ask_consensus", new JsonObject { ["prompt"] = OpenAiRig.Divisive, ["panel"] = "divided" }))["value"]!["structuredContent"]!;
        Assert.Equal(("no_consensus", true, 2), (Text(verdict["outcome"]), verdict["answer"] is null, verdict["dissent"]!.AsArray().Count));
    }

    [Fact]
    public async Task EveryWrongArgumentIsNamed()
    {
        var result = (await CallAsync("alice", "ask_consensus", new JsonObject { ["quorum"] = 2, ["promt"] = "x" }))["value"]!;
        Assert.True((bool)result["isError"]!);
        Assert.Equal(["prompt", "promt", "quorum"], result["structuredContent"]!["error"]!["errors"]!.AsArray().Select(e => Text(e!["field"])).Order());
    }

    [Fact]
    public async Task FailuresAreResultsWithTheirCode()
    {
        Assert.Equal("panel_failed", Text((await CallAsync("alice", "ask_consensus", new JsonObject { ["prompt"] = "x", ["models"] = new JsonArray("sim/broken") }))["value"]!["structuredContent"]!["error"]!["code"]));
        Assert.Equal("forbidden", Text((await CallAsync("read", "ask_consensus", new JsonObject { ["prompt"] = "x" }))["value"]!["structuredContent"]!["error"]!["code"]));
        Assert.Equal(("McpError", -32602), (Text((await CallAsync("alice", "check_evidence", []))["type"]), (int)(await CallAsync("alice", "check_evidence", []))["code"]!));
        Assert.Contains("A valid key is needed", Text((await TellAsync("connect", "nobody"))["message"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQuestionThatIsTakenBackCancelsItsRun()
    {
        var told = await TellAsync("cancel", "alice", """{"prompt":"x","models":["sim/silent"]}""", "silent", $"{rig.Stats}");
        Assert.NotNull(Text(told["type"]));
        await rig.HasCancelledAsync();
    }

    private Task<JsonNode> CallAsync(string key, string tool, JsonObject arguments) => TellAsync("call", key, tool, arguments.ToJsonString());

    private Task<JsonNode> TellAsync(string script, string key, params string[] arguments) =>
        NodeScript.RunAsync($"mcp/{script}.mjs", [$"{new Uri(rig.App.Address, "mcp")}", OpenAiRig.Key(key), .. arguments]);

    private static string? Text(JsonNode? node) => (string?)node;
}
