using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Mcp;

/// <summary>Writes JSON schemas of tools.</summary>
internal static class ToolSchema
{
    public static JsonObject Text(string description, int? mostCharacters = null) => With(Of("string", description), "maxLength", mostCharacters);

    public static JsonObject Names(string description, IEnumerable<string> names) => With(Of("string", description), "enum", new JsonArray([.. names.Select(n => (JsonNode)n)]));

    public static JsonObject Names<T>(string description)
        where T : struct, Enum => Names(description, WireName.All<T>());

    public static JsonObject Whole(string description, long least, long most) => With(With(Of("integer", description), "minimum", least), "maximum", most);

    public static JsonObject Number(string description, double least, double? most = null) => With(With(Of("number", description), "minimum", least), "maximum", most);

    public static JsonObject Flag(string description) => Of("boolean", description);

    public static JsonObject List(string description, JsonObject items, int? least = null, int? most = null) =>
        With(With(With(Of("array", description), "items", items), "minItems", least), "maxItems", most);

    public static JsonObject Object(string? description, IReadOnlyDictionary<string, JsonObject> properties, params string[] required)
    {
        var schema = Of("object", description);
        schema["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        return required.Length > 0 ? With(schema, "required", new JsonArray([.. required.Select(r => (JsonNode)r)])) : schema;
    }

    /// <summary>The same, with no other members.</summary>
    public static JsonObject Closed(JsonObject schema) => With(schema, "additionalProperties", false);

    /// <summary>The same, or <c>null</c>.</summary>
    public static JsonObject OrNull(JsonObject schema)
    {
        schema["type"] = new JsonArray((string)schema["type"]!, "null");
        if (schema["enum"] is JsonArray names)
        {
            names.Add(null);
        }

        return schema;
    }

    public static JsonElement Element(JsonObject schema) => JsonSerializer.SerializeToElement(schema);

    private static JsonObject Of(string type, string? description)
    {
        var schema = new JsonObject { ["type"] = type };
        return description is null ? schema : With(schema, "description", description);
    }

    private static JsonObject With(JsonObject schema, string keyword, JsonNode? value)
    {
        if (value is not null)
        {
            schema[keyword] = value;
        }

        return schema;
    }
}
