using System.Text.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

/// <summary>Holds JSON against a schema of <c>docs/schemas/</c> of types, properties and ranges alone.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Known =
        ["$schema", "$id", "title", "description", "type", "properties", "required", "additionalProperties", "minimum", "maximum"];

    public static void Validates(string schema, JsonElement value)
    {
        using var document = JsonDocument.Parse(Repository.Read($"docs/schemas/{schema}.schema.json"));
        Assert.Equal([], Problems(document.RootElement, value, "$"));
    }

    public static IEnumerable<string> Problems(JsonElement schema, JsonElement value, string path)
    {
        foreach (var unknown in schema.EnumerateObject().Where(static member => !Known.Contains(member.Name)))
        {
            yield return $"{path}: the schema has {unknown.Name}, which is not checked";
        }

        var type = schema.GetProperty("type");
        string[] types = [.. type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(static one => one.GetString()!) : [type.GetString()!]];
        if (!types.Any(type => Is(type, value)))
        {
            yield return $"{path}: {value.ValueKind} is not {string.Join(" or ", types)}";
        }

        if (value.ValueKind == JsonValueKind.Number && ((schema.TryGetProperty("minimum", out var low) && value.GetDouble() < low.GetDouble())
            || (schema.TryGetProperty("maximum", out var high) && value.GetDouble() > high.GetDouble())))
        {
            yield return $"{path}: {value} is out of range";
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            var properties = schema.GetProperty("properties");
            var missing = schema.GetProperty("required").EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{path}: no {name}");
            var inside = value.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var inner)
                ? Problems(inner, member.Value, $"{path}.{member.Name}") : [$"{path}: {member.Name} is not in the schema"]);
            foreach (var problem in missing.Concat(inside))
            {
                yield return problem;
            }
        }
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };
}
