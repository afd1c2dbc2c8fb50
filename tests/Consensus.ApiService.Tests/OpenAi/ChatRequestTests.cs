using System.Net;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.OpenAi;

/// <summary>How a chat completion's request is read: by the rules of any other, told by the names that its caller wrote.</summary>
public sealed class ChatRequestTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private const string Ask = """{"role":"user","content":"What is 17 * 23?"}""";

    /// <summary>Members beside a valid model and question, and every violation.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """ "n":0 """, "n not_supported" },
        { """ "n":"1" """, "n not_supported" },
        { """ "functions":[{"name":"f"}] """, "functions not_supported" },
        { """ "tool_choice":"required" """, "tool_choice not_supported" },
        { """ "function_call":{"name":"f"} """, "function_call not_supported" },
        { """ "top_logprobs":3 """, "top_logprobs not_supported" },
        { """ "logit_bias":{"50256":-100} """, "logit_bias not_supported" },
        { """ "stop":"\n" """, "stop not_supported" },
        { """ "stop":["a"] """, "stop not_supported" },
        { """ "modalities":["text","audio"],"audio":{"voice":"alloy","format":"mp3"} """, "modalities not_supported, audio not_supported" },
        { """ "web_search_options":{} """, "web_search_options not_supported" },
        { """ "temperature":3 """, "temperature out_of_range" },
        { """ "max_tokens":0 """, "max_tokens out_of_range" },
        { """ "seed":0.5 """, "seed invalid_type" },
        { """ "user":7 """, "user invalid_type" },
        { """ "metadata":{"a":1} """, """metadata["a"] invalid_type""" },
        { """ "stream":"yes" """, "stream invalid_type" },
        { """ "stream_options":{"include_usage":1} """, "stream_options.include_usage invalid_type" },
        { """ "response_format":{"type":"xml"} """, "response_format.type invalid_value" },
        { """ "response_format":{} """, "response_format.type required" },
        { """ "response_format":{"type":"json_schema"} """, "response_format.json_schema required" },
        { """ "response_format":{"type":"json_schema","json_schema":{"name":"a"}} """, "response_format.json_schema.schema required" },
        { """ "response_format":{"type":"json_schema","json_schema":{"name":"a b","schema":{}}} """, "response_format.json_schema.name invalid_value" },
        { """ "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"text"}}} """, "response_format.json_schema.schema.type invalid_schema" },
        { """ "response_format":{"type":"json_object"},"consensus":{"answer":{"kind":"number"}} """, "consensus.answer contradiction" },
        { """ "consensus":{"quorum":2,"tags":["a","a"]} """, "consensus.quorum out_of_range, consensus.tags[1] duplicate" },
        { """ "consensus":{"promt":1} """, "consensus.promt unknown_member" },
        { """ "consensus":{"temperature":1} """, "consensus.temperature unknown_member" },
        { """ "consensus":{"panel":"nope"} """, "consensus.panel unknown_panel" },
        { """ "consensus":{"parentRunId":"0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d35"} """, "consensus.parentRunId unknown_run" },
        { """ "consensus":{"models":["sim/nobody"]} """, "consensus.models[0] unknown_model" },
        { """ "consensus":[] """, "consensus invalid_type" },
        { """ "seed":1,"seed":2 """, "seed duplicate_member" },
    };

    public static TheoryData<string, string> WrongMessages => new()
    {
        { "[]", "messages too_few" },
        { "7", "messages invalid_type" },
        { """[7]""", "messages[0] invalid_type" },
        { """[{"role":"user"}]""", "messages[0].content required" },
        { """[{"role":"user","content":""}]""", "messages[0].content required" },
        { """[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]""", "messages[1].role invalid_value" },
        { """[{"role":"tool","tool_call_id":"1","content":"a"},{"role":"user","content":"b"}]""", "messages[0].tool_call_id unsupported_content, messages[0].role unsupported_content" },
        { """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"b"}]}]""", "messages[0].content[0] unsupported_content" },
        { """[{"role":"user","content":[{"type":"text"}]}]""", "messages[0].content[0].text required" },
        { """[{"role":"user","content":"a","content":"b"}]""", "messages[0].content duplicate_member" },
        { """[{"role":"user","content":"\ud800"}]""", "messages[0].content control_characters" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WhatIsWrongIsNamedAsItsCallerWroteIt(string member, string violations) =>
        Assert.Equal(violations, await ViolationsAsync($$"""{"model":"consensus","messages":[{{Ask}}],{{member}}}"""));

    [Theory]
    [MemberData(nameof(WrongMessages))]
    public async Task WhatIsWrongWithMessagesIsNamedByTheirOwnPlaces(string messages, string violations)
    {
        Assert.Equal(violations, await ViolationsAsync($$"""{"model":"consensus","messages":{{messages}}}"""));
        // A schema is told the models in a message of its own, which must not shift the places.
        Assert.Equal(violations, await ViolationsAsync($$"""{"model":"consensus","response_format":{"type":"json_object"},"messages":{{messages}}}"""));
    }

    [Theory]
    [InlineData("{}", "model required, messages too_few")]
    [InlineData("""{"model":"","messages":[{"role":"user","content":"x"}]}""", null)]
    [InlineData("""{"model":7,"messages":[],"n":2}""", "model invalid_type, n not_supported, messages too_few")]
    [InlineData("""{"model":"consensus/self_consistency","messages":[{"role":"user","content":"x"}]}""", "models contradiction")]
    [InlineData("""{"model":"consensus/ranked@sim/ada","messages":[{"role":"user","content":"x"}]}""", "model too_few")]
    [InlineData("""{"model":"consensus/majority@divided","messages":[{"role":"user","content":"x"}],"consensus":{"strategy":"medoid","panel":"default"}}""", "consensus.strategy contradiction, consensus.panel contradiction")]
    [InlineData("[]", "$ invalid_type")]
    public async Task WhatIsWrongWithTheWholeIsNamedAtOnce(string request, string? violations)
    {
        if (violations is null)
        {
            using var response = await PostAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            return;
        }

        Assert.Equal(violations, await ViolationsAsync(request));
    }

    [Fact]
    public async Task OneMessageOfAnErrorNamesEveryViolation()
    {
        using var response = await PostAsync($$"""{"model":"consensus","messages":[{{Ask}}],"n":2,"temperature":9}""");
        var error = (await response.OpenAiErrorAsync())["error"]!;
        Assert.Equal("n: A panel gives one answer. temperature: 9 is outside the range.", (string?)error["message"]);
        Assert.Equal("validation_failed", (string?)error["consensus"]!["code"]);
    }

    [Fact]
    public async Task WhatAsksForNothingIsNotRefusedAndWhatIsUnknownIsNamedAsIgnored()
    {
        using var response = await PostAsync($$"""
            {"model":"sim/ada","messages":[{{Ask}}],"n":1,"tools":[],"functions":[],"tool_choice":"auto","logprobs":false,"top_logprobs":0,"logit_bias":{},"stop":[],"modalities":["text"],
             "stream":false,"top_p":1,"reasoning_effort":"low","a header\r\nx: y":1,"verbosity":null,"max_tokens":9,"max_completion_tokens":10,"parallel_tool_calls":true}
            """);
        var told = await BodyAsync(response);
        Assert.Equal("391", (string?)told["choices"]![0]!["message"]!["content"]);
        Assert.Equal("top_p, reasoning_effort, max_tokens, parallel_tool_calls", response.Headers.GetValues("x-consensus-ignored").Single());
        Assert.Equal(10, (await StoredAsync(told)).Request!.MaxOutputTokens);
    }

    [Fact]
    public async Task EveryWishOfTheExtensionAndOfOpenAisOwnMembersReachesTheRun()
    {
        using var response = await PostAsync("""
            {"model":"consensus/weighted","temperature":0.5,"seed":7,"max_completion_tokens":64,"metadata":{"team":"blue"},"user":"ursula",
             "messages":[{"role":"developer","content":"Be brief.","name":"boss"},{"role":"user","name":"ann","content":[{"type":"text","text":"What is","cache_control":{"type":"ephemeral"}},{"type":"text","text":"17 * 23?"}]}],
             "consensus":{"models":["sim/ada","sim/boole"],"quorum":0.6,"minResponses":2,"answer":{"kind":"number"},"deadlineMs":30000,"earlyStop":"certain","tags":["t"],"category":"sums","include":["candidates"]}}
            """);
        var told = await BodyAsync(response);
        Assert.Equal(2, told["consensus"]!["candidates"]!.AsArray().Count);
        var run = await StoredAsync(told);
        var asked = run.Request!;
        Assert.Equal(("weighted", 0.5, 7, 64, 0.6, 2, 30000, EarlyStop.Certain, "sums"),
            (run.Strategy, asked.Temperature, asked.Seed, asked.MaxOutputTokens, asked.Quorum, asked.MinResponses, asked.DeadlineMs, asked.EarlyStop, asked.Category));
        Assert.Equal(["sim/ada", "sim/boole"], asked.Models);
        Assert.Equal(["t"], asked.Tags);
        Assert.Equal([new RequestMessage("system", "Be brief."), new RequestMessage("user", "What is\n17 * 23?")], asked.Messages!);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "blue" }, asked.Metadata!);
        Assert.Contains("user", response.Headers.GetValues("x-consensus-ignored").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyJsonObjectIsAnAnswerWhereOnlyThatIsAskedFor()
    {
        using var response = await PostAsync($$"""{"model":"consensus","response_format":{"type":"json_object"},"messages":[{{Ask}}]}""");
        var told = await BodyAsync(response);
        Assert.IsType<JsonObject>(JsonNode.Parse((string)told["choices"]![0]!["message"]!["content"]!));
        Assert.StartsWith("Answer in JSON", (await StoredAsync(told)).Request!.Messages![0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryModelThatIsListedAnswers()
    {
        using var http = rig.App.Client(OpenAiRig.Key("alice"));
        var listed = JsonNode.Parse(await http.GetStringAsync("/openai/v1/models"))!["data"]!.AsArray().Select(m => (string)m!["id"]!).ToList();
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.DoesNotContain("consensus/self_consistency", listed);
        foreach (var model in listed.Where(m => m is not ("sim/broken" or "sim/silent")))
        {
            using var response = await PostAsync($$"""{"model":"{{model}}","messages":[{{Ask}}]}""");
            Assert.Equal(model, (string?)(await BodyAsync(response))["model"]);
        }

        using var sampled = await PostAsync($$"""{"model":"consensus/self_consistency@sim/ada","messages":[{{Ask}}]}""");
        Assert.Equal("self_consistency", sampled.Headers.GetValues("x-consensus-strategy").Single());
    }

    [Fact]
    public async Task HostileValuesOfEveryMemberMeetNoFault()
    {
        string[] members =
        [
            "model", "messages", "n", "tools", "stream", "stream_options", "response_format", "temperature", "max_tokens", "max_completion_tokens", "seed", "metadata", "user", "stop", "consensus", "x",
        ];
        string[] values =
        [
            "null", "0", "-1e999", "1e308", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[[]]", "[null]", "{}", "{\"\":{}}", "{\"type\":7}", "{\"type\":\"json_schema\",\"json_schema\":7}",
            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"\\ud800\",\"schema\":{\"$ref\":\"#\"}}}", "[{\"role\":\"developer\",\"content\":[7,{\"type\":\"text\",\"text\":7},null]}]",
            "[{\"role\":{},\"content\":{}},{\"\\ud800\":1}]", "{\"\\ud800\":1,\"a\":1,\"a\":2}", "{\"answer\":{\"kind\":\"json\",\"schema\":7}}", "{\"models\":[7],\"include\":{}}", "true",
            "[{\"role\":\"\\ud800\",\"content\":[{\"type\":\"\\ud800\",\"text\":\"x\"},{\"\\ud800\":1}]}]", "{\"type\":\"\\ud800\"}",
        ];
        foreach (var member in members)
        {
            foreach (var value in values)
            {
                using var response = await PostAsync($$"""{"model":"sim/ada","messages":[{{Ask}}],"{{member}}":{{value}}}""");
                Assert.True((int)response.StatusCode is 200 or 400 or 404, $"{member}: {value} is {response.StatusCode}");
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    await response.OpenAiErrorAsync();
                }
            }
        }
    }

    private async Task<string> ViolationsAsync(string request)
    {
        using var response = await PostAsync(request);
        var error = (await response.OpenAiErrorAsync())["error"]!;
        Assert.Equal((HttpStatusCode.BadRequest, "validation_failed"), (response.StatusCode, (string?)error["code"]));
        var errors = error["consensus"]!["errors"]!.AsArray();
        Assert.Equal((string?)errors[0]!["field"], (string?)error["param"]);
        return string.Join(", ", errors.Select(e => $"{e!["field"]} {e["code"]}"));
    }

    private async Task<HttpResponseMessage> PostAsync(string request)
    {
        using var http = rig.App.Client(OpenAiRig.Key("alice"));
        return await rig.App.PostAsync("/openai/v1/chat/completions", request, http);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<ConsensusResponse> StoredAsync(JsonNode told)
    {
        using var http = rig.App.Client(OpenAiRig.Key("alice"));
        using var found = await http.GetAsync($"/v1/runs/{told["consensus"]!["runId"]}");
        return await found.RunAsync();
    }
}
