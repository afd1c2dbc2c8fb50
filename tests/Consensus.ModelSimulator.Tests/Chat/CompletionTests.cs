using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Chat;

public class CompletionTests
{
    // Skilled enough never to be wrong, so that the style alone is looked at.
    private static readonly (string, string)[] NeverWrong =
        [.. new[] { "ada", "boole", "curie", "darwin", "euler" }.SelectMany(m => new[] { ($"Simulator:Models:{m}:Skill:Overall", "1"), ($"Simulator:Models:{m}:Skill:Categories:arithmetic", "1"), ($"Simulator:Models:{m}:Skill:Categories:geography", "1") })];

    [Fact]
    public async Task HasTheShapeOfOpenAisAndSaysItIsASimulation()
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);

        var completion = await simulator.PostForJsonAsync(Simulator.Chat("ada", "What is 17 * 23?"));

        Assert.Equal("chat.completion", completion.GetProperty("object").GetString());
        Assert.Equal("ada", completion.GetProperty("model").GetString());
        Assert.Contains("simulation", completion.GetProperty("system_fingerprint").GetString(), StringComparison.Ordinal);
        var choice = completion.GetProperty("choices")[0];
        Assert.Equal(0, choice.GetProperty("index").GetInt32());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("391", choice.GetProperty("message").GetProperty("content").GetString());
        // 16 characters are 4 tokens, the message's frame 4 more; 3 characters are one.
        var usage = completion.GetProperty("usage");
        Assert.Equal((8, 1, 9), (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32(), usage.GetProperty("total_tokens").GetInt32()));
    }

    [Theory]
    [InlineData("ada", "What is 17 * 23?", "391")]
    [InlineData("boole", "What is 17 * 23?", "The answer is 391.")]
    [InlineData("curie", "What is 17 * 23?", "\"answer\": \"391\"")]
    [InlineData("darwin", "What is 17 * 23?", "**Final answer:** 391")]
    [InlineData("darwin", "What is 1000 * 1234.5?", "**Final answer:** 1,234,500")]
    [InlineData("euler", "What is 17 * 23?", "\\boxed{391}")]
    [InlineData("ada", "What is the capital of France?", "Paris")]
    [InlineData("euler", "What is the capital of France?", "\\boxed{\\text{Paris}}")]
    [InlineData("ada", "What is the capital of France?\nA) Lyon\nB) Paris", "B")]
    [InlineData("boole", "What is the capital of France?\nA) Lyon\nB) Paris", "The answer is (B).")]
    [InlineData("darwin", "What is the capital of France?\nA) Lyon\nB) Paris", "**Final answer:** B) Paris")]
    public async Task EachModelAnswersInItsOwnStyle(string model, string question, string ending)
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);

        Assert.EndsWith(ending, (await simulator.AskAsync(model, question)).TrimEnd('$', '`', '\n', '}', ' ') + (ending.EndsWith('}') ? ending[ending.TrimEnd('}').Length..] : ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheLastUserMessageIsTheQuestion()
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);

        var completion = await simulator.PostForJsonAsync(new
        {
            model = "ada",
            messages = new object[]
            {
                new { role = "system", content = "You are a calculator." },
                new { role = "user", content = "What is 1 + 1?" },
                new { role = "assistant", content = "2" },
                new { role = "user", content = new[] { new { type = "text", text = "What is 2 + 3?" } } },
            },
        });

        Assert.Equal("5", completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task SeveralChoicesAreDrawnWithFollowingSeeds()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Models:ada:Skill:Categories:arithmetic", "0.5"));

        var completion = await simulator.PostForJsonAsync(new { model = "ada", n = 8, seed = 5, messages = new[] { new { role = "user", content = "What is 17 * 23?" } } });

        var texts = completion.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("message").GetProperty("content").GetString()!).ToList();
        Assert.Equal(8, texts.Count);
        Assert.Equal(await simulator.AskAsync("ada", "What is 17 * 23?", seed: 7), texts[2]);
    }

    [Fact]
    public async Task AnAnswerEndsAtItsTokensOrStopText()
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);
        var messages = new[] { new { role = "user", content = "What is 17 * 23?" } };

        var cut = (await simulator.PostForJsonAsync(new { model = "boole", max_tokens = 2, messages })).GetProperty("choices")[0];
        var stopped = (await simulator.PostForJsonAsync(new { model = "boole", stop = " = ", messages })).GetProperty("choices")[0];

        Assert.Equal(("17 * 23 ", "length"), (cut.GetProperty("message").GetProperty("content").GetString(), cut.GetProperty("finish_reason").GetString()));
        Assert.Equal(("17 * 23", "stop"), (stopped.GetProperty("message").GetProperty("content").GetString(), stopped.GetProperty("finish_reason").GetString()));
    }

    [Theory]
    [InlineData("Are you real?")]
    [InlineData("Who are you?")]
    [InlineData("Should we migrate to PostgreSQL?")]
    [InlineData("What is the capital of Atlantis?")]
    public async Task WhatItCannotKnowAndWhatItIsAreSaidPlainlyAndDifferently(string question)
    {
        await using var simulator = await Simulator.StartAsync();

        var said = new List<string>();
        foreach (var model in new[] { "ada", "boole", "curie", "darwin", "euler" })
        {
            said.Add(await simulator.AskAsync(model, question));
        }

        Assert.All(said, text => Assert.Matches("(?i)simulat|test double|make-believe|stand-in", text));
        Assert.Equal(5, said.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"model":"nobody","messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, "missing_required_parameter")]
    [InlineData("""{"model":"ada"}""", HttpStatusCode.BadRequest, "missing_required_parameter")]
    [InlineData("""{"model":"ada","messages":[]}""", HttpStatusCode.BadRequest, "missing_required_parameter")]
    [InlineData("""{"model":"ada","messages":[null]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"pope","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"system","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","temperature":3,"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","n":99,"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","max_tokens":0,"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","stop":5,"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","response_format":{"type":"xml"},"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","response_format":{"type":"json_schema"},"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"simulated-embedding","messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, "unsupported_model")]
    [InlineData("""{"model":7}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"user","content":"\ud800"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"user","content":[{"type":"text","text":"a\udc00"}]}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"user","content":[{"\ud800":"text"}]}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","messages":[{"role":"\ud800","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"\ud800","messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"model":"ada","stop":["a","\ud800"],"messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest, null)]
    [InlineData("{", HttpStatusCode.BadRequest, null)]
    [InlineData("null", HttpStatusCode.BadRequest, null)]
    [InlineData("", HttpStatusCode.BadRequest, null)]
    public async Task ErrorsHaveOpenAisShape(string body, HttpStatusCode status, string? code)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(body);

        Assert.Equal(status, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("message").GetString()));
        Assert.True(error.TryGetProperty("param", out _));
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("a ")]
    [InlineData(" ")]
    [InlineData("\n ")]
    [InlineData("in the ")]
    [InlineData("A) ")]
    [InlineData("\"a\" ")]
    public async Task ALongPromptIsAnsweredInTime(string piece)
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:HangBoundMs", "60000"));
        var question = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)) + "?";

        var completion = await simulator.PostForJsonAsync(new { model = "ada", n = 16, messages = new[] { new { role = "system", content = question }, new { role = "user", content = question } } });

        Assert.Equal(16, completion.GetProperty("choices").GetArrayLength());
    }

    [Theory]
    [InlineData("GET", "nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "v1/chat/completions", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "v1/models/nobody", HttpStatusCode.NotFound)]
    public async Task WrongRoutesAnswerInTheSameShape(string method, string path, HttpStatusCode status)
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.Http.SendAsync(new(new(method), path), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task ABodyBeyondTheCapIs413()
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync(Simulator.Chat("ada", new string('x', 5_000_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }
}
