using System.Text.Json;
using Consensus.ModelSimulator.Json;

namespace Consensus.ModelSimulator.Chat;

/// <summary>Checks what the simulator reads of a JSON schema, so that what writes an answer by it meets no surprise.</summary>
internal static class JsonSchemaCheck
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal) { "null", "boolean", "object", "array", "number", "string", "integer" };

    /// <summary>What is wrong with the schema and where, as in <c>properties.answer.minItems must be …</c>; <c>null</c> when nothing is.</summary>
    public static string? Violation(JsonElement schema) =>
        !IsReadable(schema) ? "The schema must be in well-formed Unicode." : OfSchema(schema, "");

    // A schema is an object, or true or false.
    private static string? OfSchema(JsonElement schema, string path) => schema.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => null,
        JsonValueKind.Object => schema.EnumerateObject().Select(member => OfMember(member.Name, member.Value, path + member.Name)).FirstOrDefault(violation => violation is not null),
        _ => $"'{path.TrimEnd('.')}' must be a schema: an object, true or false.",
    };

    private static string? OfMember(string name, JsonElement value, string path) => name switch
    {
        "properties" => value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(member => OfSchema(member.Value, $"{path}.{member.Name}.")).FirstOrDefault(violation => violation is not null)
            : $"'{path}' must be an object.",
        "items" => OfSchema(value, path + "."),
        "type" => IsType(value) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsType)) ? null : $"'{path}' must be a type or an array of types: {string.Join(", ", Types)}.",
        "enum" => value.ValueKind == JsonValueKind.Array ? null : $"'{path}' must be an array.",
        "minItems" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var least) && least >= 0 ? null : $"'{path}' must be a whole number of at least 0.",
        _ => null,
    };

    private static bool IsType(JsonElement type) => JsonText.Of(type) is { } name && Types.Contains(name);

    private static bool IsReadable(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(element) is not null,
        JsonValueKind.Array => element.EnumerateArray().All(IsReadable),
        JsonValueKind.Object => element.EnumerateObject().All(member => JsonText.NameOf(member) is not null && IsReadable(member.Value)),
        _ => true,
    };
}
