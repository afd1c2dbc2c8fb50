using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Providers;

public sealed class OllamaWireTests
{
    private static readonly (string, string?)[] Settings = [("Providers:ollama:Models:0:Name", "llama3.1:8b")];

    [Fact]
    public async Task RequestIsExactlyWhatOllamaExpects()
    {
        var handler = VerbatimHandler.Answering(Bodies.Ollama("391"));
        await using var host = new ModelHost(Settings, handler);

        await host.Caller.AskAsync(ModelHost.Conversation("ollama/llama3.1:8b"), default);

        var request = Assert.Single(handler.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("http://localhost:11434/api/chat", request.Address);
        // The client library adds the empty "CustomHeaders"; the server reads past members it does not know.
        AssertJson.Same(
            """
            {"model":"llama3.1:8b","messages":[{"role":"system","content":"Answer briefly."},{"role":"user","content":"What is 17 * 23?"},
             {"role":"assistant","content":"391"},{"role":"user","content":"Sure?"}],
             "options":{"temperature":0.7,"seed":42,"num_predict":100},"stream":false,"CustomHeaders":{}}
            """,
            request.Body);
    }

    [Fact]
    public async Task ReplyHasTextUsageModelAndFinishReason()
    {
        await using var host = new ModelHost(Settings, VerbatimHandler.Answering(Bodies.Ollama("391")));

        var reply = await host.AskAsync("ollama/llama3.1:8b");

        Assert.Equal("391", reply.Text);
        Assert.Equal("stop", reply.FinishReason);
        Assert.Equal("llama3.1:8b", reply.ProviderModel);
        Assert.Equal((12, 5), (reply.InputTokens, reply.OutputTokens));
        Assert.Null(reply.CostUsd);
        Assert.Equal(1, reply.Attempts);
    }

    [Fact]
    public async Task CutAtTheTokenCapIsAnAnswerThatSaysSo()
    {
        await using var host = new ModelHost(Settings, VerbatimHandler.Answering(Bodies.Ollama("39", "length")));

        var reply = await host.AskAsync("ollama/llama3.1:8b");

        Assert.Equal("39", reply.Text);
        Assert.Equal("length", reply.FinishReason);
    }

    [Fact]
    public async Task PathAndKeyOfAReverseProxyAreKept()
    {
        var handler = VerbatimHandler.Answering(Bodies.Ollama("391"));
        await using var host = new ModelHost([.. Settings, ("Providers:ollama:Endpoint", "https://box.example/ollama"), ("Providers:ollama:Key", "proxy-key")], handler);

        await host.AskAsync("ollama/llama3.1:8b");

        var request = Assert.Single(handler.Requests);
        Assert.Equal("https://box.example/ollama/api/chat", request.Address);
        Assert.Equal("Bearer proxy-key", request.Headers["Authorization"]);
    }
}
