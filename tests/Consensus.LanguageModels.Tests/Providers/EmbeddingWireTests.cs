using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Embedding;
using Consensus.LanguageModels.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.LanguageModels.Tests.Providers;

public sealed class EmbeddingWireTests
{
    private const string Two = """
        {"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAAA="},{"object":"embedding","index":1,"embedding":"AAAAPwAAAL8="}],
         "usage":{"prompt_tokens":4,"total_tokens":4}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAiIsAskedForBase64OfTheLengthThatIsWantedAndTheCostIsReckoned()
    {
        var handler = VerbatimHandler.Answering(Two);
        await using var host = ModelHost.OpenAi(handler);
        using var embedder = Embedder(host, new EmbeddingModel("openai/text-embedding-3-small", 2, 0.02m));

        var reply = await embedder.EmbedAsync(["one", "two"], TimeSpan.FromSeconds(30), Token);

        Assert.Equal([[1f, 0f], [0.5f, -0.5f]], reply.Vectors!.Select(static vector => vector.ToArray()));
        Assert.Equal((4L, 0.00000008m, default(FailureReason?)), (reply.Tokens, reply.CostUsd, reply.Failure));
        var request = Assert.Single(handler.Requests);
        Assert.Equal("https://api.openai.com/v1/embeddings", request.Address);
        Assert.Equal("Bearer sk-test", request.Headers["Authorization"]);
        AssertJson.Same("""{"input":["one","two"],"model":"text-embedding-3-small","encoding_format":"base64","dimensions":2}""", request.Body);
    }

    [Fact]
    public async Task OllamaIsAskedAtItsOwnAddress()
    {
        var handler = VerbatimHandler.Answering("""{"model":"nomic-embed-text","embeddings":[[0.25,1],[1,0]],"prompt_eval_count":7}""");
        await using var host = new ModelHost([("Providers:ollama:Models:0:Name", "llama3.1:8b")], handler);
        using var embedder = Embedder(host, new EmbeddingModel("ollama/nomic-embed-text"));

        var reply = await embedder.EmbedAsync(["one", "two"], TimeSpan.FromSeconds(30), Token);

        Assert.Equal([[0.25f, 1f], [1f, 0f]], reply.Vectors!.Select(static vector => vector.ToArray()));
        Assert.Null(reply.CostUsd);
        Assert.Equal("http://localhost:11434/api/embed", Assert.Single(handler.Requests).Address);
    }

    [Fact]
    public async Task ListsOfNumbersAreReadToo()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(
            """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,1]}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""));
        using var embedder = Embedder(host, new EmbeddingModel("openai/m"));
        var reply = await embedder.EmbedAsync(["one"], TimeSpan.FromSeconds(30), Token);
        Assert.Equal([0.5f, 1f], Assert.Single(reply.Vectors!).ToArray());
    }

    [Theory]
    [InlineData("""{"object":"list","data":[],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":"AACAPwAAAAA="}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":"AACAPw=="},{"index":1,"embedding":"AAAAPwAAAL8="}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":"AACAfwAAgH8="},{"index":1,"embedding":"AAAAPwAAAL8="}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    [InlineData("""{"object":"list","data":[{"index":0,"embedding":"!"}],"model":"m"}""")]
    [InlineData("""{"nothing":true}""")]
    [InlineData("[]")]
    public async Task AnAnswerThatIsNoneIsMalformed(string body)
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(body));
        using var embedder = Embedder(host, new EmbeddingModel("openai/m"));
        var reply = await embedder.EmbedAsync(["one", "two"], TimeSpan.FromSeconds(30), Token);
        Assert.Equal((FailureReason.Malformed, null), (reply.Failure, reply.Vectors));
        Assert.NotNull(reply.FailureMessage);
    }

    [Fact]
    public async Task VectorsOfAnotherLengthThanAskedAreMalformed()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Two));
        using var embedder = Embedder(host, new EmbeddingModel("openai/m", 3));
        Assert.Equal(FailureReason.Malformed, (await embedder.EmbedAsync(["one", "two"], TimeSpan.FromSeconds(30), Token)).Failure);
    }

    [Fact]
    public async Task AFaultThatPassesIsTriedAgainAndATimeThatIsOverEndsTheCall()
    {
        await using var server = await FaultServer.StartAsync(static async (context, request) =>
        {
            if (request == 1)
                await context.JsonAsync("{}", 503);
            else if (request == 2)
                await context.JsonAsync(Two);
            else
                await context.StallAsync();
        });
        await using var host = ModelHost.At(server.Endpoint, ("Providers:openai:Retry:DelayMs", "1"));
        using var embedder = Embedder(host, new EmbeddingModel("openai/m"));
        Assert.Equal(2, (await embedder.EmbedAsync(["one", "two"], TimeSpan.FromSeconds(30), Token)).Vectors!.Count);
        Assert.Equal(FailureReason.Timeout, (await embedder.EmbedAsync(["one", "two"], TimeSpan.FromMilliseconds(50), Token)).Failure);
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        Assert.Equal(FailureReason.Cancelled, (await embedder.EmbedAsync(["one", "two"], TimeSpan.FromSeconds(30), left.Token)).Failure);
        Assert.Equal(3, server.Requests);
    }

    private static TextEmbedder Embedder(ModelHost host, EmbeddingModel model) => host.Services.GetRequiredService<TextEmbedders>().Create(model);
}
