using System.Net;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Tests.Support;

namespace Consensus.LanguageModels.Tests.Providers;

/// <summary>Every way a provider can fail has its reason, its count of attempts, and a message of ours.</summary>
public sealed class FailureReasonTests
{
    [Theory]
    [InlineData(400, "invalid_request_error", FailureReason.Rejected, 1)]
    [InlineData(400, "context_length_exceeded", FailureReason.Rejected, 1)]
    [InlineData(400, "content_filter", FailureReason.Refused, 1)]
    [InlineData(401, "invalid_api_key", FailureReason.Unauthorized, 1)]
    [InlineData(403, "permission_error", FailureReason.Unauthorized, 1)]
    [InlineData(404, "model_not_found", FailureReason.Rejected, 1)]
    [InlineData(413, "request_too_large", FailureReason.Rejected, 1)]
    [InlineData(422, "whatever", FailureReason.Rejected, 1)]
    [InlineData(302, "whatever", FailureReason.Rejected, 1)]
    [InlineData(408, "whatever", FailureReason.Unavailable, 3)]
    [InlineData(429, "rate_limit_exceeded", FailureReason.RateLimited, 3)]
    [InlineData(429, "insufficient_quota", FailureReason.RateLimited, 1)]
    [InlineData(500, "server_error", FailureReason.Unavailable, 3)]
    [InlineData(503, "whatever", FailureReason.Unavailable, 3)]
    [InlineData(529, "overloaded_error", FailureReason.Unavailable, 3)]
    public async Task StatusHasItsReasonAndOnlyPassingOnesAreRetried(int status, string code, FailureReason reason, int attempts)
    {
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json(Bodies.Error(code, "secret words of the provider"), (HttpStatusCode)status));
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:Retry:DelayMs", "0"));

        var reply = await host.AskAsync();

        Assert.Equal(reason, reply.Failure);
        Assert.Equal((attempts, attempts), (reply.Attempts, handler.Requests.Count));
        Assert.Null(reply.Text);
        Assert.Contains($"{status}", reply.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", reply.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("whatever", reply.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anthropic/claude", 401, FailureReason.Unauthorized)]
    [InlineData("anthropic/claude", 429, FailureReason.RateLimited)]
    [InlineData("anthropic/claude", 529, FailureReason.Unavailable)]
    [InlineData("anthropic/claude", 400, FailureReason.Rejected)]
    [InlineData("ollama/llama", 404, FailureReason.Rejected)]
    [InlineData("ollama/llama", 500, FailureReason.Unavailable)]
    [InlineData("ollama/llama", 429, FailureReason.RateLimited)]
    public async Task EveryKindOfProviderFailsAlike(string model, int status, FailureReason reason)
    {
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json("""{"type":"error","error":{"type":"some_error","message":"No."} }""", (HttpStatusCode)status));
        await using var host = new ModelHost(
            [
                ("Providers:anthropic:Key", "sk-ant"), ("Providers:anthropic:Models:0", "claude"), ("Providers:anthropic:Retry:DelayMs", "0"),
                ("Providers:ollama:Models:0", "llama"), ("Providers:ollama:Retry:DelayMs", "0"),
            ],
            handler);

        var reply = await host.AskAsync(model);

        Assert.Equal(reason, reply.Failure);
        // The client libraries' own retries are off: three requests are ours.
        Assert.Equal(reason is FailureReason.RateLimited or FailureReason.Unavailable ? 3 : 1, handler.Requests.Count);
        Assert.Equal(handler.Requests.Count, reply.Attempts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("<html><body>502 Bad Gateway</body></html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":null}""")]
    [InlineData("""{"choices":"x"}""")]
    [InlineData("""{"choices":[{"message":null,"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"message":7,"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"39""")]
    public async Task BrokenProtocolIsMalformedAndNotAskedAgain(string body)
    {
        var handler = VerbatimHandler.Answering(body);
        await using var host = ModelHost.OpenAi(handler);

        var reply = await host.AskAsync();

        Assert.Equal((FailureReason.Malformed, 1), (reply.Failure, reply.Attempts));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"content":[],"stop_reason":"end_turn"}""")]
    [InlineData("""{"content":"x","stop_reason":"end_turn"}""")]
    [InlineData("""{"content":[{"type":"text"}],"stop_reason":"end_turn"}""")]
    public async Task BrokenAnthropicAnswerIsAFailureOfTheProvider(string body)
    {
        await using var host = new ModelHost([("Providers:anthropic:Key", "sk-ant"), ("Providers:anthropic:Models:0", "claude")], VerbatimHandler.Answering(body));

        var reply = await host.AskAsync("anthropic/claude");

        Assert.True(reply.Failure is FailureReason.Malformed or FailureReason.Empty, $"{reply.Failure}: {reply.FailureMessage}");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"message":null,"done":true}""")]
    [InlineData("""{"message":"x","done":true}""")]
    public async Task BrokenOllamaAnswerIsAFailureOfTheProvider(string body)
    {
        await using var host = new ModelHost([("Providers:ollama:Models:0", "llama")], VerbatimHandler.Answering(body));

        var reply = await host.AskAsync("ollama/llama");

        Assert.True(reply.Failure is FailureReason.Malformed or FailureReason.Empty, $"{reply.Failure}: {reply.FailureMessage}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    [InlineData(null)]
    public async Task NoContentIsEmpty(string? text)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi(text)));

        var reply = await host.AskAsync();

        Assert.Equal(FailureReason.Empty, reply.Failure);
        Assert.Null(reply.Text);
        Assert.Equal((12, 5), (reply.InputTokens, reply.OutputTokens));
    }

    [Fact]
    public async Task ContentFilterIsRefusedEvenWithText()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("The first half of", "content_filter")));

        Assert.Equal(FailureReason.Refused, (await host.AskAsync()).Failure);
    }

    [Fact]
    public async Task RefusalMemberIsRefused()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi(null, refusal: "I cannot help with that.")));

        var reply = await host.AskAsync();

        Assert.Equal(FailureReason.Refused, reply.Failure);
        Assert.DoesNotContain("cannot help", reply.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LengthIsASuccessThatSaysSo()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("39", "length")));

        var reply = await host.AskAsync();

        Assert.Equal(("39", "length"), (reply.Text, reply.FinishReason));
        Assert.Null(reply.Failure);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Rate limited","code":429}}""", FailureReason.RateLimited)]
    [InlineData("""{"error":{"message":"No credit","code":402}}""", FailureReason.Rejected)]
    [InlineData("""{"error":"model crashed"}""", FailureReason.Unavailable)]
    public async Task ErrorInsideASuccessIsAnError(string body, FailureReason reason)
    {
        var handler = VerbatimHandler.Answering(body);
        await using var host = ModelHost.OpenAi(handler, time: null, ("Providers:openai:Retry:DelayMs", "0"));

        Assert.Equal(reason, (await host.AskAsync()).Failure);
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"eos\"", "eos")]
    [InlineData("\"A very odd word, with spaces\"", "other")]
    public async Task UnusualFinishReasonOfACompatibleServerDoesNotSpoilTheAnswer(string finish, string? said)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("ok").Replace("\"stop\"", finish, StringComparison.Ordinal)));

        var reply = await host.AskAsync();

        Assert.Equal(("ok", said), (reply.Text, reply.FinishReason));
    }

    [Theory]
    [InlineData("error")]
    [InlineData("abort")]
    public async Task AnswerBrokenOffByTheProviderIsNoAnswer(string finish)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("The first half of", finish)));

        Assert.Equal(FailureReason.Unavailable, (await host.AskAsync()).Failure);
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"ok"}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"id":null,"choices":[{"index":0,"message":{"role":"assistant","content":"ok","tool_calls":null},"finish_reason":"stop"}],"usage":null}""")]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"ok","reasoning_content":"hm","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2,"prompt_tokens_details":null},"extra":{"x":1}}""")]
    public async Task SparseAnswerOfACompatibleServerIsRead(string body)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(body));

        var reply = await host.AskAsync();

        Assert.Equal("ok", reply.Text);
    }

    [Fact]
    public async Task UsageMayBeMissing()
    {
        await using var host = ModelHost.OpenAi(
            VerbatimHandler.Answering("""{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}"""),
            time: null, ("Providers:openai:Models:0:InputUsdPerMillion", "1"), ("Providers:openai:Models:0:OutputUsdPerMillion", "1"));

        var reply = await host.AskAsync();

        Assert.Equal("ok", reply.Text);
        Assert.Null(reply.InputTokens);
        Assert.Null(reply.CostUsd);
    }

    [Fact]
    public async Task UnknownModelIsAMistakeOfTheCaller()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("ok")));

        await Assert.ThrowsAsync<KeyNotFoundException>(() => host.AskAsync("openai/none"));
    }
}
