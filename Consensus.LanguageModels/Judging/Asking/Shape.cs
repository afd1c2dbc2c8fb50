using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>
/// Writes the JSON schemas of answers, in the part of JSON Schema that every provider can hold a model to: objects whose members are all required and no others.
/// <see cref="ShapeCheck"/> reads the same part.
/// </summary>
public static class Shape
{
    /// <summary>The member that repeats the prompt's ticket.</summary>
    public const string TicketMember = "ticket";

    /// <summary>The schema of an answer: an object that begins with the ticket.</summary>
    /// <param name="name">The schema's name for the provider.</param>
    /// <param name="members">The other members, in the order in which they are to be written.</param>
    public static ResponseSchema Answer(string name, params IEnumerable<(string Name, JsonObject Shape)> members) =>
        new(name, JsonSerializer.SerializeToElement(Object([(TicketMember, Text("The ticket of the prompt.")), .. members]), SchemaJson.Default.JsonObject));

    /// <summary>A text.</summary>
    public static JsonObject Text(string meaning) => new() { ["type"] = "string", ["description"] = meaning };

    /// <summary>A whole number.</summary>
    public static JsonObject Whole(string meaning) => new() { ["type"] = "integer", ["description"] = meaning };

    /// <summary>True or false.</summary>
    public static JsonObject Flag(string meaning) => new() { ["type"] = "boolean", ["description"] = meaning };

    /// <summary>One of some words.</summary>
    public static JsonObject OneOf(IEnumerable<string> words, string meaning) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]), ["description"] = meaning };

    /// <summary>A list.</summary>
    public static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    /// <summary>An object with exactly these members.</summary>
    public static JsonObject Object(params IReadOnlyList<(string Name, JsonObject Shape)> members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Shape))),
        ["required"] = new JsonArray([.. members.Select(member => (JsonNode)member.Name)]),
        ["additionalProperties"] = false,
    };
}
