using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>What users of OpenAI's library for Node meet. <see cref="DotNetClientTests"/> has the same for .NET.</summary>
public sealed class NodeClientTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    [Fact]
    public async Task ACompletionIsThePanelsAnswerWithTheUsageOfAllCalls()
    {
        var told = await TellAsync("plain", "consensus", OpenAiRig.Question);
        var choice = Assert.Single(told["choices"]!.AsArray())!;
        Assert.Equal(("391", "assistant", "stop", "consensus"), (Text(choice["message"]!["content"]), Text(choice["message"]!["role"]), Text(choice["finish_reason"]), Text(told["model"])));
        Assert.True(choice["message"]!.AsObject().TryGetPropertyValue("refusal", out var refusal) && refusal is null);
        var usage = told["usage"]!;
        Assert.True(Number(usage["prompt_tokens"]) > 0 && Number(usage["completion_tokens"]) > 0);
        Assert.Equal(Number(usage["prompt_tokens"]) + Number(usage["completion_tokens"]), Number(usage["total_tokens"]));

        var headers = told["headers"]!;
        Assert.Equal(("consensus", "1", "top_p"), (Text(headers["x-consensus-outcome"]), Text(headers["x-consensus-agreement"]), Text(headers["x-consensus-ignored"])));
        Assert.Equal((Text(told["id"]), Text(told["requestId"])), ($"chatcmpl-{headers["x-consensus-run-id"]}", Text(told["consensus"]!["requestId"])));
        Assert.Equal(("majority", 3), (Text(told["consensus"]!["strategy"]), Number(told["consensus"]!["clusters"]![0]!["size"])));
    }

    [Fact]
    public async Task AStreamedCompletionEndsWithItsUsageWhereThatIsAskedFor()
    {
        var told = await TellAsync("stream", "consensus", OpenAiRig.Question, "usage");
        Assert.Equal(
            ("assistant", "391", "", "stop", "consensus"),
            (Text(told["role"]), Text(told["content"]), Text(told["refusal"]), Text(told["finishReason"]), Text(told["outcome"])));
        Assert.True(Number(told["usage"]!["total_tokens"]) > 0);

        var without = await TellAsync("stream", "consensus", OpenAiRig.Question, "none");
        Assert.Null(without["usage"]);
        Assert.Equal(Number(told["chunks"]) - 1, Number(without["chunks"]));
    }

    [Fact]
    public async Task ADividedPanelRefusesAndNamesItsLeaders()
    {
        var told = await TellAsync("plain", "consensus/majority@divided", OpenAiRig.Divisive);
        var message = told["choices"]![0]!["message"]!;
        Assert.True(message.AsObject().TryGetPropertyValue("content", out var content) && content is null);
        DotNetClientTests.AssertNamesBoth(Text(message["refusal"])!);

        var streamed = await TellAsync("stream", "consensus@divided", OpenAiRig.Divisive, "usage");
        Assert.Equal(("", Text(message["refusal"]), "no_consensus"), (Text(streamed["content"]), Text(streamed["refusal"]), Text(streamed["outcome"])));
    }

    [Fact]
    public async Task AnAnswerSatisfiesTheSchemaThatWasAskedFor()
    {
        var told = await TellAsync("schema", "consensus", OpenAiRig.Question);
        Assert.Equal(("""{"answer":391}""", "json"), (told["parsed"]!.ToJsonString(), Text(told["kind"])));
        Assert.Null(told["refusal"]);
    }

    [Fact]
    public async Task TheModelsThatAreListedCanBeAskedAndFound()
    {
        var told = await TellAsync("models", "consensus/weighted@divided");
        var listed = told["ids"]!.AsArray().Select(id => (string)id!).ToHashSet();
        Assert.Superset(new HashSet<string> { "consensus", "consensus/supermajority", "consensus@divided", "sim/ada" }, listed);
        Assert.Equal(("consensus/weighted@divided", "consensus"), (Text(told["one"]!["id"]), Text(told["one"]!["owned_by"])));
        Assert.Equal(("NotFoundError", "model_not_found"), (Text(told["missing"]!["type"]), Text(told["missing"]!["code"])));
    }

    [Theory]
    [MemberData(nameof(ClientErrors.All), MemberType = typeof(ClientErrors))]
    public async Task AnErrorIsTheExceptionOfItsStatus(ClientError error)
    {
        var told = await NodeScript.RunAsync("openai/error.mjs", $"{rig.Endpoint}", error.Key ?? OpenAiRig.Key("alice"), error.Request);
        Assert.Equal((error.NodeType, error.Status, error.Code, error.Param), (Text(told["type"]), Number(told["status"]), Text(told["code"]), Text(told["param"])));
        Assert.NotNull(told["requestId"]);
    }

    [Fact]
    public async Task AFailedPanelIsNotAskedAgainByItself()
    {
        var before = await rig.AskedAsync("broken");
        await NodeScript.RunAsync("openai/error.mjs", $"{rig.Endpoint}", OpenAiRig.Key("alice"), """{"model":"sim/broken","messages":[{"role":"user","content":"x"}]}""");
        Assert.Equal(before + 1, await rig.AskedAsync("broken"));
    }

    [Fact]
    public async Task ACallerWhoGoesAwayCancelsTheRun()
    {
        var told = await TellAsync("cancel", "sim/silent", "x", $"{rig.Stats}");
        Assert.Equal(Number(told["node"]) < 20 ? Text(told["type"]) : "APIUserAbortError", Text(told["type"]));
        await rig.HasCancelledAsync();
    }

    private Task<JsonNode> TellAsync(string script, params string[] arguments) =>
        NodeScript.RunAsync($"openai/{script}.mjs", [$"{rig.Endpoint}", OpenAiRig.Key("alice"), .. arguments]);

    private static string? Text(JsonNode? node) => (string?)node;

    private static int Number(JsonNode? node) => (int)node!;
}
