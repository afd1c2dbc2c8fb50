using System.Text.Json.Nodes;
using Consensus.ApiService.Evidence.Embedding;
using Consensus.ApiService.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static Consensus.ApiService.Tests.Evidence.Embedding.EmbeddingRig;

namespace Consensus.ApiService.Tests.Evidence.Embedding;

public sealed class EmbeddingSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryWrongSettingIsNamedAtOnce()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Evidence:Embeddings:Model"] = "nobody/text",
            ["Evidence:Embeddings:Dimensions"] = "5000",
            ["Evidence:Embeddings:BatchSize"] = "0",
            ["Evidence:Embeddings:MinSimilarity"] = "NaN",
            ["Evidence:Embeddings:Timeout"] = "soon",
            ["Evidence:Embeddings:UsdPerMillion"] = "-1",
            ["Evidence:Embeddings:Size"] = "1",
        }));
        Assert.Equal(7, refused.Failures.Count());
        foreach (var name in new[] { "Model", "Dimensions", "BatchSize", "MinSimilarity", "Timeout", "UsdPerMillion", "Size" })
        {
            Assert.Single(refused.Failures, failure => failure.StartsWith($"Evidence:Embeddings:{name} ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("claude/some", "has no embeddings")]
    [InlineData("text", "provider/model")]
    [InlineData("sim/", "provider/model")]
    [InlineData("sim/a b", "provider/model")]
    [InlineData("off/text", "switched off")]
    [InlineData("open/text", "which is not configured")]
    public async Task AModelThatCannotBeHadIsRefusedAtTheStart(string model, string because)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Evidence:Embeddings:Model"] = model, ["Providers:claude:Kind"] = "anthropic", ["Providers:claude:Key"] = "k", ["Providers:off:Kind"] = "ollama",
            ["Providers:off:Enabled"] = "false",
        }));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0.5, 1.0)]
    [InlineData(2, 0.5, 2.0)]
    [InlineData(4, 0.0, 6.0)]
    [InlineData(9, 0.5, 256.0)]
    [InlineData(40, 1.0, 375.0)]
    public void AProviderThatFailsIsLeftAloneLongerAndLonger(int failures, double random, double seconds) =>
        Assert.Equal(seconds, PassageEmbedding.PauseAfter(failures, random).TotalSeconds);

    /// <summary>A server that takes no text with a certain word, and every other.</summary>
    [Fact]
    public async Task ATextThatTheProviderRefusesDoesNotKeepTheOthersWaiting()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var picky = builder.Build();
        picky.MapPost("/v1/embeddings", static async (HttpRequest request) =>
        {
            var inputs = (await JsonNode.ParseAsync(request.Body))!["input"]!.AsArray().Select(static input => (string)input!).ToArray();
            return inputs.Any(static input => input.Contains("crane", StringComparison.Ordinal))
                ? Results.Json(new JsonObject { ["error"] = new JsonObject { ["code"] = "content_filter" } }, statusCode: 400)
                : Results.Json(new JsonObject
                {
                    ["data"] = new JsonArray([.. inputs.Select(static (input, i) => (JsonNode)new JsonObject
                    {
                        ["index"] = i, ["embedding"] = Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([input.Length, 1f, 1f, 1f]).ToArray()),
                    })]),
                    ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
                });
        });
        await picky.StartAsync(Token);
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>
        {
            ["Evidence:Embeddings:Model"] = "picky/text", ["Providers:picky:Kind"] = "openai", ["Providers:picky:Endpoint"] = picky.Urls.First() + "/v1",
        });
        var collection = await FillAsync(app, texts: [string.Join(' ', Enumerable.Range(0, 60).Select(static i => $"Sentence {i} of ships.")) + " A crane. " + string.Join(' ', Enumerable.Range(0, 60).Select(static i => $"Line {i} of ships."))]);
        await EmbeddedAsync(app, collection);
        var found = await SearchAsync(app, collection, "crane");
        Assert.Equal(("refused", "bm25", 1), (found.Embeddings!.Failure, found.Search, found.Items.Count));
        Assert.Equal("bm25+embeddings", (await SearchAsync(app, collection, "ships")).Search);
    }
}
