using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>A schema as the choice that it is: null or not, and one of some schemas. OpenAPI writes the same choice in several ways.</summary>
internal sealed record Alternatives(bool IsNullable, List<JsonNode> Schemas)
{
    private const string Null = "null";

    /// <summary>The schema with the type that a list of words says without naming it.</summary>
    public static JsonObject Typed(JsonObject schema)
    {
        if (schema["type"] is not null || schema["enum"] is not JsonArray words || !words.All(IsText))
        {
            return schema;
        }

        var typed = schema.DeepClone().AsObject();
        typed["type"] = "string";
        return typed;
    }

    private static bool IsText(JsonNode? word) => word is null || (word is JsonValue value && value.TryGetValue<string>(out _));

    public static Alternatives Of(JsonNode? schema)
    {
        if (schema is not JsonObject members)
        {
            return new Alternatives(false, [schema ?? new JsonObject()]);
        }

        if (members.Count == 0)
        {
            // Anything, null among it.
            return new Alternatives(true, [schema]);
        }

        if (members.Count == 1 && (members["oneOf"] ?? members["anyOf"]) is JsonArray choices)
        {
            var some = choices.Select(choice => Of(choice)).ToArray();
            return new Alternatives(Array.Exists(some, one => one.IsNullable), [.. some.SelectMany(one => one.Schemas)]);
        }

        if ((string?)(members["type"] as JsonValue) == Null)
        {
            return new Alternatives(true, []);
        }

        if (members["type"] is JsonArray types && types.Any(type => (string?)type == Null))
        {
            var rest = types.Where(type => (string?)type != Null).Select(type => type!.DeepClone()).ToArray();
            var plain = members.DeepClone().AsObject();
            plain["type"] = rest is [var only] ? only : new JsonArray(rest);
            return new Alternatives(true, [plain]);
        }

        return new Alternatives(false, [schema]);
    }
}
