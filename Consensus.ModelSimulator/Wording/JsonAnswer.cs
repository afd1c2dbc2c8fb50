using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;
using Consensus.ModelSimulator.Json;

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

    private JsonAnswer(Answer? answer, string text, double confidence)
    {
        this.answer = answer;
        this.text = text;
        this.confidence = Math.Round(confidence, 2);
    }

    /// <summary>The object for a given answer; <c>null</c> when the schema has no place for it.</summary>
    /// <param name="schema">The schema, checked, where there is one.</param>
    /// <param name="keys">The members that the prompt shows.</param>
    /// <param name="answer">The answer; <c>null</c> when there is none.</param>
    /// <param name="text">The working or, without an answer, the statement that there is none.</param>
    /// <param name="confidence">The confidence, for a member that asks for it.</param>
    public static string? Write(JsonElement? schema, IReadOnlyList<string> keys, Answer? answer, string text, double confidence)
    {
        var writer = new JsonAnswer(answer, text, confidence);
        return (schema is { } shape ? writer.OfSchema(shape, 0) : writer.OfKeys(keys))?.ToJsonString(Readable);
    }

    private JsonObject OfKeys(IReadOnlyList<string> keys)
    {
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

    // The object with the answer in it; null when it has no place for one.
    private JsonObject? OfSchema(JsonElement schema, int depth)
    {
        if (Member(schema, "properties") is not { ValueKind: JsonValueKind.Object } properties)
        {
            return OfKeys([]);
        }

        var members = properties.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.False).ToList();
        var place = Place([.. members.Select(m => m.Name)]);
        var placed = false;
        var json = new JsonObject();
        foreach (var member in members)
        {
            if (member.Name == place)
            {
                placed = TryPlace(member.Value, depth, out var node);
                json[member.Name] = node;
            }
            else
            {
                json[member.Name] = Neutral(member.Name, member.Value, depth);
            }
        }

        return placed ? json : null;
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

    // Finds the answer its place in a value of the schema. Only a leaf is one: null where nothing is known, the value itself where something is.
    private bool TryPlace(JsonElement schema, int depth, out JsonNode? node)
    {
        node = null;
        if (Allowed(schema) is { } allowed)
        {
            var chosen = allowed.FirstOrDefault(IsAnswer);
            node = chosen.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(chosen.GetRawText());
            return chosen.ValueKind != JsonValueKind.Undefined;
        }

        var types = Types(schema);
        if (answer is null && types.Contains("null"))
        {
            return true;
        }

        foreach (var type in types)
        {
            node = As(type, schema, depth);
            if (node is not null)
            {
                return true;
            }
        }

        return false;
    }

    // The only values that the schema has; null when it does not list them.
    private static List<JsonElement>? Allowed(JsonElement schema) =>
        Member(schema, "const") is { } constant ? [constant]
        : Member(schema, "enum") is { ValueKind: JsonValueKind.Array } choices ? [.. choices.EnumerateArray()]
        : null;

    private bool IsAnswer(JsonElement choice) =>
        answer is not null && choice.ValueKind == JsonValueKind.String
            ? choice.GetString()!.Equals(Styles.Bare(answer), StringComparison.OrdinalIgnoreCase) || choice.GetString()!.Equals(answer.Text, StringComparison.OrdinalIgnoreCase)
            : choice.GetRawText() == (Natural()?.ToJsonString(Readable) ?? "null");

    private JsonNode? As(string type, JsonElement schema, int depth) => type switch
    {
        // Where nothing is known, the statement of that is a text too.
        "string" => answer is null ? text : Styles.Bare(answer),
        "number" when answer?.Number is { } number => NumberNode(number),
        "integer" when answer?.Number is { IsInteger: true } number => NumberNode(number),
        "boolean" when answer?.Truth is { } truth => truth,
        "array" when depth < DeepestNesting && Member(schema, "items") is var items && TryPlace(items ?? default, depth + 1, out var item) => Array(item, items ?? default, Least(schema), depth),
        "object" when depth < DeepestNesting => OfSchema(schema, depth + 1),
        _ => null,
    };

    private JsonArray Array(JsonNode? first, JsonElement items, int least, int depth) =>
        [first, .. Enumerable.Range(1, Math.Max(0, least - 1)).Select(_ => Neutral("", items, depth + 1))];

    private JsonNode? Neutral(string name, JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Allowed(schema) is [var first, ..])
        {
            return JsonNode.Parse(first.GetRawText());
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
        var least = Least(schema);
        var items = Member(schema, "items") ?? default;
        return depth >= DeepestNesting ? [] : [.. Enumerable.Range(0, IsWorking(name) ? Math.Max(1, least) : least).Select(_ => Neutral(name, items, depth + 1))];
    }

    private JsonObject NeutralObject(JsonElement schema, int depth)
    {
        var json = new JsonObject();
        if (depth < DeepestNesting && Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            foreach (var member in properties.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.False))
            {
                json[member.Name] = Neutral(member.Name, member.Value, depth + 1);
            }
        }

        return json;
    }

    private static int Least(JsonElement schema) =>
        Member(schema, "minItems") is { ValueKind: JsonValueKind.Number } minimum && minimum.TryGetInt32(out var least) ? Math.Clamp(least, 0, MostItems) : 0;

    // A schema that sets no type takes a text, or an object where it names members.
    private static IReadOnlyList<string> Types(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.False ? [] : Member(schema, "type") is { } type ? JsonText.AllOf(type) ?? [] : Member(schema, "properties") is null ? ["string"] : ["object"];

    // true, false and no schema at all have no members.
    private static JsonElement? Member(JsonElement schema, string name) => JsonText.Member(schema, name);
}
