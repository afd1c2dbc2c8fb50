using System.Text.Json.Nodes;
using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Providers;

public sealed class OpenAiWireTests
{
    [Fact]
    public async Task RequestIsExactlyWhatOpenAiExpects()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("391"));
        await using var host = ModelHost.OpenAi(handler);

        await host.Caller.AskAsync(ModelHost.Conversation("openai/gpt-4o"), default);

        var request = Assert.Single(handler.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("https://api.openai.com/v1/chat/completions", request.Address);
        Assert.Equal("Bearer sk-test", request.Headers["Authorization"]);
        AssertJson.Same(
            """
            {"temperature":0.7,"messages":[{"role":"system","content":"Answer briefly."},{"role":"user","content":"What is 17 * 23?"},
             {"role":"assistant","content":"391"},{"role":"user","content":"Sure?"}],"model":"gpt-4o","max_completion_tokens":100,"seed":42}
            """,
            request.Body);
    }

    [Fact]
    public async Task ReplyHasTextUsageModelAndFinishReason()
    {
        await using var host = ModelHost.OpenAi(
            VerbatimHandler.Answering(Bodies.OpenAi("391")), time: null,
            ("Providers:openai:Models:0:InputUsdPerMillion", "2.50"), ("Providers:openai:Models:0:OutputUsdPerMillion", "10"));

        var reply = await host.AskAsync();

        Assert.Equal("391", reply.Text);
        Assert.Null(reply.Failure);
        Assert.Null(reply.FailureMessage);
        Assert.Equal("stop", reply.FinishReason);
        Assert.Equal("gpt-4o-2024-08-06", reply.ProviderModel);
        Assert.Equal((12, 5), (reply.InputTokens, reply.OutputTokens));
        Assert.Equal(0.000080m, reply.CostUsd);
        Assert.Equal(1, reply.Attempts);
    }

    [Fact]
    public async Task CompatibleServerWithoutKeyGetsNoAuthorizationAndTheOlderTokenMember()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("ok"));
        await using var host = new ModelHost(
            [("Providers:vllm:Kind", "openai"), ("Providers:vllm:Endpoint", "http://gpu-box:8000/v1"), ("Providers:vllm:AllowPlainHttp", "true"), ("Providers:vllm:Models:0", "Qwen/Qwen2.5-7B-Instruct")],
            handler);

        var reply = await host.AskAsync("vllm/Qwen/Qwen2.5-7B-Instruct");

        Assert.Equal("ok", reply.Text);
        var request = Assert.Single(handler.Requests);
        Assert.Equal("http://gpu-box:8000/v1/chat/completions", request.Address);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        AssertJson.Same(
            """{"messages":[{"role":"user","content":"What is 17 * 23?"}],"model":"Qwen/Qwen2.5-7B-Instruct","max_tokens":2048}""",
            request.Body);
    }

    [Fact]
    public async Task SimulatorSpeaksTheSameProtocolAtItsServiceName()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("391"));
        await using var host = new ModelHost([], handler);

        var reply = await host.AskAsync("sim/ada");

        Assert.Equal(0m, reply.CostUsd);
        var request = Assert.Single(handler.Requests);
        Assert.Equal("http://models/v1/chat/completions", request.Address);
        Assert.Equal("ada", (string?)JsonNode.Parse(request.Body)!["model"]);
    }
}
