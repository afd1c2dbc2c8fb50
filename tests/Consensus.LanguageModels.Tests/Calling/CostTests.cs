using Consensus.Contracts;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Tests.Support;
using Microsoft.Extensions.AI;

namespace Consensus.LanguageModels.Tests.Calling;

public sealed class CostTests
{
    private static ModelHost Priced(HttpMessageHandler? handler = null) => ModelHost.OpenAi(
        handler, time: null, ("Providers:openai:Models:0:InputUsdPerMillion", "1"), ("Providers:openai:Models:0:OutputUsdPerMillion", "2"), ("Providers:openai:Models:1", "free-of-price"));

    private static ModelCall Call(string prompt, int? cap = 100, string model = "openai/gpt-4o") =>
        new() { Model = model, Messages = [new ChatMessage(ChatRole.User, prompt)], MaxOutputTokens = cap };

    [Theory]
    [InlineData("What is 17 * 23?", 16)]
    [InlineData("Ω", 2)]
    [InlineData("漢字", 6)]
    [InlineData("", 0)]
    public async Task WorstCaseIsAByteATokenAndTheWholeCap(string prompt, int bytes)
    {
        await using var host = Priced();

        Assert.Equal((bytes + 32 + 2 * 100) / 1_000_000m, host.Caller.WorstCaseCost(Call(prompt)));
    }

    [Fact]
    public async Task WorstCaseWithoutACapTakesTheCapThatIsSent()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("ok"));
        await using var host = Priced(handler);

        Assert.Equal((32 + 2 * Limits.DefaultMaxOutputTokens) / 1_000_000m, host.Caller.WorstCaseCost(Call("", cap: null)));
        await host.Caller.AskAsync(Call("x", cap: null), default);
        Assert.Contains($"\"max_completion_tokens\":{Limits.DefaultMaxOutputTokens}", Assert.Single(handler.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorstCaseIsNeverBelowTheRealCost()
    {
        // 12 and 5 tokens, as the provider counted the question of sixteen bytes.
        await using var host = Priced(VerbatimHandler.Answering(Bodies.OpenAi("391")));

        var reply = await host.AskAsync();

        Assert.True(host.Caller.WorstCaseCost(ModelHost.Call()) >= reply.CostUsd);
        Assert.Equal((12 + 2 * 5) / 1_000_000m, reply.CostUsd);
    }

    [Fact]
    public async Task NoPriceIsNoCostRatherThanNone()
    {
        await using var host = Priced(VerbatimHandler.Answering(Bodies.OpenAi("391")));

        Assert.Null(host.Caller.WorstCaseCost(Call("x", model: "openai/free-of-price")));
        Assert.Null((await host.AskAsync("openai/free-of-price")).CostUsd);
    }

    [Fact]
    public async Task NegativeTokensAreUnknown()
    {
        await using var host = Priced(VerbatimHandler.Answering(Bodies.OpenAi("391").Replace("\"prompt_tokens\":12", "\"prompt_tokens\":-12", StringComparison.Ordinal)));

        var reply = await host.AskAsync();

        Assert.Null(reply.InputTokens);
        Assert.Null(reply.CostUsd);
    }
}
