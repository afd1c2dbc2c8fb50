using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Consensus.ModelSimulator.Embeddings;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Embeddings;

public class EmbeddingTests
{
    [Theory]
    [InlineData("The cat sat on the mat.", "A cat sat on a mat", "Interest rates rose in March.")]
    [InlineData("The capital of France is Paris.", "Paris is France's capital.", "Whales are mammals.")]
    [InlineData("データベースを移行する", "データベースの移行", "今日は天気がいい")]
    public void SimilarTextsAreNearerThanOthers(string text, string similar, string other)
    {
        var vector = NGramEmbedding.Embed(text, 256);

        Assert.True(Cosine(vector, NGramEmbedding.Embed(similar, 256)) > Cosine(vector, NGramEmbedding.Embed(other, 256)) + 0.15);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("\ud83d\ude00")]
    [InlineData("a very long wordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordwordword")]
    public void EveryTextHasUnitLength(string text)
    {
        foreach (var dimensions in new[] { 8, 256, 1536 })
        {
            var vector = NGramEmbedding.Embed(text, dimensions);
            Assert.Equal(dimensions, vector.Length);
            Assert.Equal(1, Cosine(vector, vector), 1e-5);
        }
    }

    [Fact]
    public void CaseAndPunctuationDoNotMatter() =>
        Assert.Equal(NGramEmbedding.Embed("Paris, France!", 64), NGramEmbedding.Embed("paris france", 64));

    [Fact]
    public async Task Base64HoldsTheSameNumbers()
    {
        await using var simulator = await Simulator.StartAsync();

        var floats = await simulator.PostForJsonAsync(new { model = "simulated-embedding", input = new[] { "one", "two" }, dimensions = 32 }, "v1/embeddings");
        var base64 = await simulator.PostForJsonAsync(new { model = "simulated-embedding", input = new[] { "one", "two" }, dimensions = 32, encoding_format = "base64" }, "v1/embeddings");

        for (var i = 0; i < 2; i++)
        {
            var bytes = Convert.FromBase64String(base64.GetProperty("data")[i].GetProperty("embedding").GetString()!);
            Assert.Equal(floats.GetProperty("data")[i].GetProperty("embedding").EnumerateArray().Select(n => n.GetSingle()), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
            Assert.Equal(i, floats.GetProperty("data")[i].GetProperty("index").GetInt32());
        }

        Assert.Equal(2, floats.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"model":"simulated-embedding"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":[1,2]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":"x","dimensions":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":"x","encoding_format":"hex"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":"\ud800"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"simulated-embedding","input":["x","\udfff"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"ada","input":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"nobody","input":"x"}""", HttpStatusCode.NotFound)]
    public async Task WhatCannotBeEmbeddedIsRefusedInOpenAisShape(string body, HttpStatusCode status)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(body, path: "v1/embeddings");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("\"error\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static double Cosine(float[] a, float[] b) => a.Zip(b).Sum(pair => (double)pair.First * pair.Second);
}
