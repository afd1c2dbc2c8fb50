using System.Text.Json;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Chat;

public class JsonTests
{
    private static readonly (string, string)[] NeverWrong = [("Simulator:Models:ada:Skill:Overall", "1"), ("Simulator:Models:ada:Skill:Categories:arithmetic", "1")];

    [Fact]
    public async Task AJsonObjectHoldsTheAnswer()
    {
        var json = await AskAsync("What is 17 * 23?", new { type = "json_object" });

        Assert.Equal(391, json.GetProperty("answer").GetInt32());
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"number"}},"required":["answer"]}""", """{"answer":391}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"string"}}}""", """{"answer":"391"}""")]
    [InlineData("""{"type":"object","properties":{"steps":{"type":"array","items":{"type":"string"}},"result":{"type":"integer"}}}""", """{"steps":["17 * 23 = 391."],"result":391}""")]
    [InlineData("""{"type":"object","properties":{"ok":{"type":"boolean"},"value":{"type":["null","number"]},"tags":{"type":"array","minItems":2,"items":{"type":"integer"}}}}""", """{"ok":false,"value":391,"tags":[0,0]}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"object","properties":{"value":{"type":"number"},"unit":{"type":"string"}}}}}""", """{"answer":{"value":391,"unit":"simulated"}}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"string","enum":["381","391","401"]}}}""", """{"answer":"391"}""")]
    public async Task NamesAndTypesOfASchemaAreHonoured(string schema, string expected)
    {
        var json = await AskAsync("What is 17 * 23?", new { type = "json_schema", json_schema = new { name = "answer", schema = JsonDocument.Parse(schema).RootElement } });

        Assert.Equal(expected, json.GetRawText());
    }

    [Fact]
    public async Task APromptThatShowsItsMembersGetsThem()
    {
        var json = await AskAsync("What is the capital of France?\nRespond in JSON: {\"reasoning\": \"...\", \"answer\": \"...\"}", null);

        Assert.Equal(["reasoning", "answer"], json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("Paris", json.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task AYesOrNoIsATruthValue()
    {
        var json = await AskAsync("Is 17 prime? Answer as JSON.", null);

        Assert.Equal(JsonValueKind.True, json.GetProperty("answer").ValueKind);
    }

    [Fact]
    public async Task WhatCannotBeKnownIsNullAndNeverAMadeUpValue()
    {
        var json = await AskAsync("Who will win the election?", new { type = "json_object" });

        Assert.Equal(JsonValueKind.Null, json.GetProperty("answer").ValueKind);
        Assert.False(string.IsNullOrEmpty(json.GetProperty("note").GetString()));
    }

    [Theory]
    [InlineData("Who will win the election?", """{"type":"number"}""")]
    [InlineData("What is 17 * 23?", """{"type":"boolean"}""")]
    [InlineData("What is 17 * 23?", """{"type":"string","enum":["1","2"]}""")]
    public async Task AnAnswerWithoutAPlaceInTheSchemaIsARefusal(string question, string type)
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);
        var schema = JsonDocument.Parse("{\"type\":\"object\",\"properties\":{\"answer\":" + type + "}}").RootElement;

        var completion = await simulator.PostForJsonAsync(new
        {
            model = "ada",
            messages = new[] { new { role = "user", content = question } },
            response_format = new { type = "json_schema", json_schema = new { name = "a", schema } },
        });

        var message = completion.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
        Assert.Matches("(?i)simulat|test double|make-believe|stand-in", message.GetProperty("refusal").GetString()!);
    }

    private static async Task<JsonElement> AskAsync(string question, object? format)
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);
        var completion = await simulator.PostForJsonAsync(new { model = "ada", messages = new[] { new { role = "user", content = question } }, response_format = format });
        return JsonDocument.Parse(completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!).RootElement;
    }
}
