using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.Wording;

/// <summary>
/// Writes an answer as a JSON object. Of a schema it honours <c>properties</c>, <c>type</c> (also a list of types), <c>enum</c>, <c>const</c>, <c>items</c>, <c>minItems</c>
/// and nested objects; the answer goes into the member named for it, the working into one named for that, everything else gets a neutral value of its type.
/// </summary>
internal sealed class JsonAnswer
{
    private const int DeepestNesting = 8;
    private const int MostItems = 16;

    private static readonly string[] AnswerNames = ["answer", "final_answer", "finalanswer", "result", "value", "solution", "response", "output", "choice", "option", "letter", "verdict", "conclusion", "capital", "name", "number", "total"];
    private static readonly string[] WorkingNames = ["reasoning", "explanation", "rationale", "thought", "thoughts", "working", "steps", "justification", "analysis", "why", "chain_of_thought"];
    private static readonly string[] ConfidenceNames = ["confidence", "probability", "certainty"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Answer? answer;
    private readonly string text;
    private readonly double confidence;
    private bool answered;

    private JsonAnswer(Answer? answer, string text, double confidence)
    {
        this.answer = answer;
        this.text = text;
        this.confidence = Math.Round(confidence, 2);
    }

    /// <summary>The object for a given answer; <c>null</c> when the schema has no place for it.</summary>
    /// <param name="schema">The schema, where there is one.</param>
    /// <param name="keys">The members that the prompt shows.</param>
    /// <param name="answer">The answer; <c>null</c> when there is none.</param>
    /// <param name="text">The working or, without an answer, the statement that there is none.</param>
    /// <param name="confidence">The confidence, for a member that asks for it.</param>
    public static string? Write(JsonElement? schema, IReadOnlyList<string> keys, Answer? answer, string text, double confidence)
    {
        var writer = new JsonAnswer(answer, text, confidence);
        var json = schema is { } shape ? writer.OfSchema(shape) : writer.OfKeys(keys);
        return writer.answered ? json.ToJsonString(Readable) : null;
    }

    private JsonObject OfKeys(IReadOnlyList<string> keys)
    {
        answered = true;
        if (keys.Count == 0)
        {
            return answer is null
                ? new() { ["answer"] = null, ["note"] = text }
                : new() { ["reasoning"] = text, ["answer"] = Natural() };
        }

        var place = Place(keys);
        var json = new JsonObject();
        foreach (var key in keys)
        {
            json[key] = key == place ? answer is null ? null : Natural() : IsWorking(key) ? text : IsConfidence(key) ? answer is null ? 0 : confidence : null;
        }

        return json;
    }

    private JsonObject OfSchema(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return OfKeys([]);
        }

        var members = properties.EnumerateObject().ToList();
        var place = Place([.. members.Select(m => m.Name)]);
        var json = new JsonObject();
        foreach (var member in members)
        {
            json[member.Name] = member.Name == place ? AnswerAs(member.Value, 0) : Neutral(member.Name, member.Value, 0);
        }

        return json;
    }

    // A member with the answer's name, else the first that is neither working nor confidence.
    private static string? Place(IReadOnlyList<string> names) =>
        AnswerNames.Select(wanted => names.FirstOrDefault(n => n.Equals(wanted, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(n => n is not null)
        ?? names.FirstOrDefault(n => !IsWorking(n) && !IsConfidence(n));

    private static bool IsWorking(string name) => WorkingNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsConfidence(string name) => ConfidenceNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    // A number or truth as itself; a number too long for a double keeps its digits as text.
    private JsonNode? Natural() => answer switch
    {
        { Letter: { } letter } => letter.ToString(),
        { Truth: { } truth } => truth,
        { Number: { } number } => NumberNode(number),
        _ => answer?.Text,
    };

    private static JsonNode? NumberNode(Rational number) => JsonNode.Parse(number.ToString());

    private JsonNode? AnswerAs(JsonElement schema, int depth)
    {
        if (answer is null)
        {
            // Nothing is known: null where it may stand, else the statement in words, else there is no place.
            answered = Types(schema).Any(t => t is "null" or "string") && !schema.TryGetProperty("enum", out _);
            return Types(schema).Contains("null") ? null : answered ? text : null;
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array)
        {
            var chosen = choices.EnumerateArray().FirstOrDefault(IsAnswer);
            answered |= chosen.ValueKind != JsonValueKind.Undefined;
            return answered ? JsonNode.Parse(chosen.GetRawText()) : null;
        }

        foreach (var type in Types(schema))
        {
            if (As(type, schema, depth) is { } node)
            {
                answered = true;
                return node;
            }
        }

        return null;
    }

    private bool IsAnswer(JsonElement choice) =>
        choice.ValueKind == JsonValueKind.String
            ? choice.GetString()!.Equals(Styles.Bare(answer!), StringComparison.OrdinalIgnoreCase) || choice.GetString()!.Equals(answer!.Text, StringComparison.OrdinalIgnoreCase)
            : choice.GetRawText() == (Natural()?.ToJsonString(Readable) ?? "null");

    private JsonNode? As(string type, JsonElement schema, int depth) => type switch
    {
        "string" => Styles.Bare(answer!),
        "number" when answer!.Number is { } number => NumberNode(number),
        "integer" when answer!.Number is { IsInteger: true } number => NumberNode(number),
        "boolean" when answer!.Truth is { } truth => truth,
        "array" when depth < DeepestNesting && schema.TryGetProperty("items", out var items) && AnswerAs(items, depth + 1) is { } item => new JsonArray(item),
        "object" when depth < DeepestNesting => OfSchema(schema),
        _ => null,
    };

    private JsonNode? Neutral(string name, JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0)
        {
            return JsonNode.Parse(choices[0].GetRawText());
        }

        var types = Types(schema);
        return types.Contains("null") && !IsWorking(name) && !IsConfidence(name) ? null : types.FirstOrDefault(t => t != "null") switch
        {
            "string" => IsWorking(name) ? text : "simulated",
            "number" => IsConfidence(name) ? confidence : 0,
            "integer" => 0,
            "boolean" => false,
            "array" => NeutralItems(name, schema, depth),
            "object" => NeutralObject(schema, depth),
            _ => null,
        };
    }

    private JsonArray NeutralItems(string name, JsonElement schema, int depth)
    {
        var least = schema.TryGetProperty("minItems", out var minimum) && minimum.TryGetInt32(out var count) ? Math.Clamp(count, 0, MostItems) : 0;
        var items = schema.TryGetProperty("items", out var item) ? item : default;
        return depth >= DeepestNesting ? [] : [.. Enumerable.Range(0, IsWorking(name) ? Math.Max(1, least) : least).Select(_ => Neutral(name, items, depth + 1))];
    }

    private JsonObject NeutralObject(JsonElement schema, int depth)
    {
        var json = new JsonObject();
        if (depth < DeepestNesting && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in properties.EnumerateObject())
            {
                json[member.Name] = Neutral(member.Name, member.Value, depth + 1);
            }
        }

        return json;
    }

    private static List<string> Types(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? ["string"]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [];
}
