using System.Text.Json;
using System.Text.RegularExpressions;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

/// <summary>Holds JSON against a schema of <c>docs/schemas/</c> of types, properties, items, words, patterns, references and ranges alone.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Known =
        ["$schema", "$id", "title", "description", "type", "properties", "required", "additionalProperties", "minimum", "maximum",
        "items", "minItems", "enum", "pattern", "anyOf", "$ref", "$defs"];

    public static void Validates(string schema, JsonElement value)
    {
        using var document = JsonDocument.Parse(Repository.Read($"docs/schemas/{schema}.schema.json"));
        Assert.Equal([], Problems(document.RootElement, value, "$"));
    }

    public static IEnumerable<string> Problems(JsonElement schema, JsonElement value, string path) => Problems(schema, schema, value, path);

    private static IEnumerable<string> Problems(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(root, static (element, name) => element.GetProperty(name));
        }

        foreach (var unknown in schema.EnumerateObject().Where(static member => !Known.Contains(member.Name)))
        {
            yield return $"{path}: the schema has {unknown.Name}, which is not checked";
        }

        if (schema.TryGetProperty("anyOf", out var several))
        {
            var found = several.EnumerateArray().Select(one => Problems(root, one, value, path).ToArray()).ToArray();
            foreach (var problem in found.All(static problems => problems.Length > 0) ? found.MaxBy(static problems => problems.Length)! : [])
            {
                yield return problem;
            }

            yield break;
        }

        var type = schema.GetProperty("type");
        string[] types = [.. type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(static one => one.GetString()!) : [type.GetString()!]];
        if (!types.Any(type => Is(type, value)))
        {
            yield return $"{path}: {value.ValueKind} is not {string.Join(" or ", types)}";
            yield break;
        }

        if (value.ValueKind == JsonValueKind.Number && ((schema.TryGetProperty("minimum", out var low) && value.GetDouble() < low.GetDouble())
            || (schema.TryGetProperty("maximum", out var high) && value.GetDouble() > high.GetDouble())))
        {
            yield return $"{path}: {value} is out of range";
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.GetString() == value.GetString()))
        {
            yield return $"{path}: {value} is none of {words}";
        }

        if (value.ValueKind == JsonValueKind.String && schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(5)))
        {
            yield return $"{path}: {value} does not match {pattern}";
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            var all = value.EnumerateArray().SelectMany((item, i) => Problems(root, schema.GetProperty("items"), item, $"{path}[{i}]"));
            foreach (var problem in schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32() ? all.Append($"{path} is too short") : all)
            {
                yield return problem;
            }
        }

        if (value.ValueKind == JsonValueKind.Object && !schema.TryGetProperty("properties", out _))
        {
            foreach (var problem in value.EnumerateObject().SelectMany(member => Problems(root, schema.GetProperty("additionalProperties"), member.Value, $"{path}.{member.Name}")))
            {
                yield return problem;
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var properties = schema.GetProperty("properties");
            var missing = schema.GetProperty("required").EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{path}: no {name}");
            var inside = value.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out var inner)
                ? Problems(root, inner, member.Value, $"{path}.{member.Name}") : [$"{path}: {member.Name} is not in the schema"]);
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
        "array" => value.ValueKind == JsonValueKind.Array,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };
}
