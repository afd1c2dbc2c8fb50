using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;

namespace Consensus.ApiService.Tests.Reading;

/// <summary>Each cap: the greatest allowed value passes, one more is refused.</summary>
public sealed class BoundaryTests(SharedApi shared)
{
    public static TheoryData<string, string> Over => new()
    {
        { "prompt", "too_long" }, { "messages", "too_long" }, { "messages count", "too_many" }, { "samplesPerModel", "out_of_range" }, { "deadlineMs", "out_of_range" },
        { "maxOutputTokens", "out_of_range" }, { "temperature", "out_of_range" }, { "choices", "too_many" }, { "choice", "too_long" }, { "tags", "too_many" },
        { "tag", "too_long" }, { "metadata", "too_many" }, { "metadata text", "too_long" }, { "metadata name", "too_long" }, { "schema", "too_long" },
        { "answers", "too_many" }, { "answers of a run", "too_many" }, { "answer", "too_long" }, { "answer model", "too_long" }, { "seed", "out_of_range" },
    };

    public static TheoryData<string> Caps => new(Over.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Over))]
    public async Task OneMoreThanTheCapIsRefused(string cap, string code)
    {
        using var response = await SendAsync(cap, 1);
        Assert.Contains(await response.ViolationsAsync(), v => v.EndsWith($" {code}", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Caps))]
    public async Task TheCapItselfIsAllowed(string cap)
    {
        // An unknown member stands in for whatever else may be wrong with a run: it must be the only violation.
        using var response = await SendAsync(cap, 0);
        Assert.Equal(["stop unknown_member"], await response.ViolationsAsync());
    }

    [Fact]
    public async Task TheLeastValuesAreAllowed()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", $$"""
            {"prompt":"x","samplesPerModel":1,"quorum":0,"minResponses":1,"deadlineMs":{{Limits.MinDeadlineMs}},"maxCostUsd":0,"temperature":0,"maxOutputTokens":1,
             "answer":{"tolerance":0},"tags":[],"metadata":{},"include":[],"stop":1}
            """);
        Assert.Equal(["stop unknown_member"], await response.ViolationsAsync());
    }

    [Fact]
    public async Task WholeNumbersMayBeWrittenWithAPointOrAnExponent()
    {
        using var response = await shared.App.PostAsync("/v1/consensus", """{"prompt":"x","samplesPerModel":2.0,"deadlineMs":1e4,"seed":-7.0,"stop":1}""");
        Assert.Equal(["stop unknown_member"], await response.ViolationsAsync());
    }

    private Task<HttpResponseMessage> SendAsync(string cap, int more)
    {
        var request = new JsonObject { ["stop"] = 1 };
        var isAggregate = cap.StartsWith("answer", StringComparison.Ordinal) && cap != "answers of a run";
        if (isAggregate)
        {
            request["answers"] = new JsonArray(new JsonObject { ["model"] = "m", ["text"] = "x" });
        }
        else if (!cap.StartsWith("messages", StringComparison.Ordinal))
        {
            request["prompt"] = "x";
        }

        Change(request, cap, more);
        return shared.App.PostAsync(isAggregate ? "/v1/consensus/aggregate" : "/v1/consensus", request);
    }

    private static void Change(JsonObject request, string cap, int more)
    {
        switch (cap)
        {
            case "prompt": request["prompt"] = Text(Limits.PromptCharacters + more); break;
            case "messages": request["messages"] = new JsonArray(Message("system", Limits.PromptCharacters - 1), Message("user", 1 + more)); break;
            case "messages count": request["messages"] = Times(Limits.Messages + more, _ => Message("user", 1)); break;
            case "samplesPerModel": request["models"] = new JsonArray("sim/ada"); request["samplesPerModel"] = Limits.SamplesPerModel + more; break;
            case "answers of a run":
                // 60 answers are asked for by 3 models times 20 samples; one model more asks for too many.
                request["models"] = Times(3 + more, i => new[] { "sim/ada", "sim/boole", "sim/curie", "sim/darwin" }[i]);
                request["samplesPerModel"] = Limits.AnswersPerRun / 3;
                break;
            case "deadlineMs": request["deadlineMs"] = Limits.MaxDeadlineMs + more; break;
            case "maxOutputTokens": request["maxOutputTokens"] = Limits.MaxOutputTokens + more; break;
            case "temperature": request["temperature"] = Limits.MaxTemperature + (more * 0.001); break;
            case "seed": request["seed"] = 9_007_199_254_740_991 + more; break;
            case "choices": request["answer"] = new JsonObject { ["choices"] = Times(Limits.MaxChoices + more, i => $"c{i}") }; break;
            case "choice": request["answer"] = new JsonObject { ["choices"] = new JsonArray("x", Text(Limits.ChoiceCharacters + more)) }; break;
            case "tags": request["tags"] = Times(Limits.Tags + more, i => $"t{i}"); break;
            case "tag": request["tags"] = new JsonArray(Text(Limits.LabelCharacters + more)); break;
            case "metadata": request["metadata"] = new JsonObject(Enumerable.Range(0, Limits.MetadataEntries + more).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)"v"))); break;
            case "metadata text": request["metadata"] = new JsonObject { ["k"] = Text(Limits.MetadataCharacters + more) }; break;
            case "metadata name": request["metadata"] = new JsonObject { [Text(Limits.LabelCharacters + more)] = "v" }; break;
            case "schema": request["answer"] = new JsonObject { ["kind"] = "json", ["schema"] = new JsonObject { ["title"] = Text(Limits.SchemaCharacters - 12 + more) } }; break;
            case "answers": request["answers"] = Times(Limits.AggregateAnswers + more, i => new JsonObject { ["model"] = $"m{i}", ["text"] = "x" }); break;
            case "answer": request["answers"]![0]!["text"] = Text(Limits.AnswerCharacters + more); break;
            default: request["answers"]![0]!["model"] = Text(Limits.ModelCharacters + more); break;
        }
    }

    private static JsonObject Message(string role, int characters) => new() { ["role"] = role, ["content"] = Text(characters) };

    private static JsonArray Times(int count, Func<int, JsonNode> item) => new([.. Enumerable.Range(0, count).Select(item)]);

    private static string Text(int characters) => new('x', characters);
}
