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
    [InlineData("""{"type":"object","properties":{"answer":true}}""", """{"answer":"391"}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"array","items":true}}}""", """{"answer":["391"]}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"array"}}}""", """{"answer":["391"]}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":"array","minItems":2,"items":{"type":"integer"}}}}""", """{"answer":[391,0]}""")]
    [InlineData("""{"type":"object","properties":{"tags":{"type":"array","minItems":1,"items":true},"never":false,"answer":{"type":"integer"}}}""", """{"tags":[null],"answer":391}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"const":391}}}""", """{"answer":391}""")]
    [InlineData("""{"type":"object","properties":{"kind":{"const":"sum"},"answer":{"type":"number"}}}""", """{"kind":"sum","answer":391}""")]
    [InlineData("""{"type":"object","properties":{"answer":{"type":["boolean","object"],"properties":{"value":{"enum":[390,391]}}}}}""", """{"answer":{"value":391}}""")]
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
    [InlineData("What is 17 * 23?", """{"const":392}""")]
    [InlineData("What is 17 * 23?", """{"type":"object","properties":{"answer":{"type":"boolean"}}}""")]
    [InlineData("What is 17 * 23?", """{"type":"object","properties":{"reasoning":{"type":"string"}}}""")]
    [InlineData("Who will win the election?", """{"type":"object","properties":{"value":{"type":"number"}}}""")]
    [InlineData("What is 17 * 23?", "false")]
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

    [Fact]
    public async Task ADeepSchemaIsFollowedOnlySoFar()
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);
        var deep = string.Concat(Enumerable.Repeat("""{"type":"object","properties":{"answer":""", 20)) + """{"type":"number"}""" + new string('}', 40);

        var completion = await simulator.PostForJsonAsync(Formatted(JsonDocument.Parse(deep).RootElement));

        Assert.Equal(JsonValueKind.Null, completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").ValueKind);
    }

    [Theory]
    [InlineData("""{"properties":{"answer":{"type":"array","minItems":"2"}}}""", "properties.answer.minItems")]
    [InlineData("""{"properties":{"answer":{"type":"array","minItems":-1}}}""", "properties.answer.minItems")]
    [InlineData("""{"properties":{"answer":5}}""", "properties.answer")]
    [InlineData("""{"properties":[]}""", "properties")]
    [InlineData("""{"properties":{"answer":{"items":"x"}}}""", "properties.answer.items")]
    [InlineData("""{"properties":{"answer":{"type":"float"}}}""", "properties.answer.type")]
    [InlineData("""{"properties":{"answer":{"type":["string",1]}}}""", "properties.answer.type")]
    [InlineData("""{"properties":{"answer":{"enum":"a"}}}""", "properties.answer.enum")]
    [InlineData("""{"properties":{"\ud800":{"type":"string"}}}""", "Unicode")]
    [InlineData("""{"properties":{"answer":{"enum":["\ud800"]}}}""", "Unicode")]
    public async Task WhatIsNoSchemaIs400AndSaysWhere(string schema, string where)
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);
        var body = "{\"model\":\"ada\",\"messages\":[{\"role\":\"user\",\"content\":\"What is 17 * 23?\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":" + schema + "}}}";

        using var response = await simulator.PostAsync(body);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(where, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static object Formatted(JsonElement schema) => new
    {
        model = "ada",
        messages = new[] { new { role = "user", content = "What is 17 * 23?" } },
        response_format = new { type = "json_schema", json_schema = new { name = "a", schema } },
    };

    private static async Task<JsonElement> AskAsync(string question, object? format)
    {
        await using var simulator = await Simulator.StartAsync(NeverWrong);
        var completion = await simulator.PostForJsonAsync(new { model = "ada", messages = new[] { new { role = "user", content = question } }, response_format = format });
        return JsonDocument.Parse(completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!).RootElement;
    }
}
