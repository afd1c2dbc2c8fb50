using System.Text.Json;

namespace Consensus.Core.Schemas;

/// <summary>Says where a value does not satisfy a schema of our own: the innermost member or item that is refused by itself.</summary>
public static class SchemaFaults
{
    private const int Steps = 10_000_000;

    /// <summary>Finds the place.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <returns>A path such as <c>$.claims[3].label</c>; <c>null</c> when the value satisfies the schema.</returns>
    public static string? Find(SchemaDocument schema, JsonElement value) => Accepts(schema, schema.Root, value) ? null : Locate(schema, schema.Root, value, "$");

    private static string Locate(SchemaDocument schema, JsonElement at, JsonElement value, string path)
    {
        at = Followed(schema, at);
        if (at.ValueKind == JsonValueKind.Object && value.ValueKind == JsonValueKind.Object && at.TryGetProperty("properties", out var properties))
        {
            foreach (var member in properties.EnumerateObject())
            {
                if (value.TryGetProperty(member.Name, out var inner) && !Accepts(schema, member.Value, inner))
                {
                    return Locate(schema, member.Value, inner, $"{path}.{member.Name}");
                }
            }
        }

        if (at.ValueKind == JsonValueKind.Object && value.ValueKind == JsonValueKind.Array && at.TryGetProperty("items", out var items))
        {
            var i = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (!Accepts(schema, items, item))
                {
                    return Locate(schema, items, item, $"{path}[{i}]");
                }

                i++;
            }
        }

        return path;
    }

    private static JsonElement Followed(SchemaDocument schema, JsonElement at)
    {
        while (at.ValueKind == JsonValueKind.Object && at.TryGetProperty("$ref", out var reference) && schema.Resolve(reference.GetString()!) is { } target)
        {
            at = target;
        }

        return at;
    }

    private static bool Accepts(SchemaDocument schema, JsonElement at, JsonElement value) => new SchemaEvaluator(schema, Steps).Accepts(at, value) ?? false;
}
