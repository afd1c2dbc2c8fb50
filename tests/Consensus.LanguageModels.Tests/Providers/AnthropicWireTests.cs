using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Providers;

public sealed class AnthropicWireTests
{
    private static readonly (string, string?)[] Settings =
    [
        ("Providers:anthropic:Key", "sk-ant-test"), ("Providers:anthropic:Models:0:Name", "claude-sonnet-4-5"),
        ("Providers:anthropic:Models:0:InputUsdPerMillion", "3"), ("Providers:anthropic:Models:0:OutputUsdPerMillion", "15"),
    ];

    [Fact]
    public async Task RequestIsExactlyWhatAnthropicExpects()
    {
        var handler = VerbatimHandler.Answering(Bodies.Anthropic("391"));
        await using var host = new ModelHost(Settings, handler);

        await host.Caller.AskAsync(ModelHost.Conversation("anthropic/claude-sonnet-4-5"), default);

        var request = Assert.Single(handler.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("https://api.anthropic.com/v1/messages", request.Address);
        Assert.Equal("Bearer sk-ant-test", request.Headers["Authorization"]);
        Assert.Contains("anthropic-version", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        // This API version has neither temperature nor seed.
        AssertJson.Same(
            """
            {"model":"claude-sonnet-4-5","max_tokens":100,"system":[{"type":"text","text":"Answer briefly."}],
             "messages":[{"role":"user","content":[{"type":"text","text":"What is 17 * 23?"}]},
              {"role":"assistant","content":[{"type":"text","text":"391"}]},{"role":"user","content":[{"type":"text","text":"Sure?"}]}]}
            """,
            request.Body);
    }

    [Fact]
    public async Task ReplyHasTextUsageModelAndFinishReason()
    {
        await using var host = new ModelHost(Settings, VerbatimHandler.Answering(Bodies.Anthropic("391")));

        var reply = await host.AskAsync("anthropic/claude-sonnet-4-5");

        Assert.Equal("391", reply.Text);
        Assert.Equal("stop", reply.FinishReason);
        Assert.Equal("claude-sonnet-4-5-20250929", reply.ProviderModel);
        Assert.Equal((12, 5), (reply.InputTokens, reply.OutputTokens));
        Assert.Equal(0.000111m, reply.CostUsd);
        Assert.Equal(1, reply.Attempts);
    }

    [Fact]
    public async Task RefusalIsRefused()
    {
        await using var host = new ModelHost(Settings, VerbatimHandler.Answering(Bodies.Anthropic("I cannot.", "refusal")));

        var reply = await host.AskAsync("anthropic/claude-sonnet-4-5");

        Assert.Equal(FailureReason.Refused, reply.Failure);
        Assert.Null(reply.Text);
        Assert.Equal(0.000111m, reply.CostUsd);
    }

    [Fact]
    public async Task CutAtTheTokenCapIsAnAnswerThatSaysSo()
    {
        await using var host = new ModelHost(Settings, VerbatimHandler.Answering(Bodies.Anthropic("39", "max_tokens")));

        var reply = await host.AskAsync("anthropic/claude-sonnet-4-5");

        Assert.Equal("39", reply.Text);
        Assert.Equal("length", reply.FinishReason);
    }
}
