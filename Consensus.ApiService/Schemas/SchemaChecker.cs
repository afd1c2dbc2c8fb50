using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Core.Schemas;

namespace Consensus.ApiService.Schemas;

/// <summary>Checks that a schema is one the evaluator can follow to the letter, and says where it is not.</summary>
internal sealed class SchemaChecker(SchemaDocument schema, Violations violations)
{
    /// <summary>Keywords whose schemas apply to the same value as the schema they stand in.</summary>
    private static readonly string[] InPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

    /// <summary>References that follow each other without descending; more would only serve to exhaust the stack.</summary>
    private const int LongestPath = 32;

    private readonly List<JsonElement> _schemas = [];
    private readonly List<(string Reference, string Field)> _references = [];
    private readonly HashSet<string> _cleared = [];

    public void Check(string field)
    {
        if (schema.Root.ValueKind != JsonValueKind.Object)
        {
            Fault(field, $"A schema is an object, not {Shown.Value(schema.Root)}.");
            return;
        }

        var length = schema.Root.GetRawText().Length;
        if (length > Limits.SchemaCharacters)
        {
            violations.Add(field, FieldCodes.TooLong, $"The schema has {length} characters; at most {Limits.SchemaCharacters} are allowed.",
                Allowed.Words($"at most {Limits.SchemaCharacters} characters"));
            return;
        }

        var before = violations.Count;
        CheckSchema(schema.Root, field, pointer: "");
        foreach (var (target, at) in _references.Where(r => schema.Resolve(r.Reference) is null))
        {
            Fault(at, $"{Shown.Text(target)} leads to no schema.", Allowed.Words(SchemaKeywords.Describe("reference")));
        }

        if (violations.Count == before && _schemas.Select(s => Circle(s, [])).FirstOrDefault(found => found is not null) is { } reference)
        {
            Fault(field, $"The reference {Shown.Text(reference)} leads back to itself, or over more than {LongestPath} others, without descending into the value.");
        }
    }

    private void CheckSchema(JsonElement at, string field, string pointer)
    {
        schema.Add(pointer, at);
        if (at.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        if (at.ValueKind != JsonValueKind.Object)
        {
            Fault(field, $"A schema is an object or a boolean, not {Shown.Value(at)}.");
            return;
        }

        _schemas.Add(at);
        var seen = new HashSet<string>();
        foreach (var member in at.EnumerateObject())
        {
            if (Texts.Name(member) is not { } keyword || !SchemaKeywords.Shapes.TryGetValue(keyword, out var shape))
            {
                Fault(field, $"The keyword {Shown.Text(Texts.Name(member) ?? "?")} is not supported.", Allowed.Names(SchemaKeywords.Shapes.Keys));
            }
            else if (!seen.Add(keyword))
            {
                Fault($"{field}.{keyword}", "The keyword stands twice.");
            }
            else
            {
                CheckKeyword(member.Value, shape, $"{field}.{keyword}", SchemaDocument.Below(pointer, keyword));
            }
        }
    }

    private void CheckKeyword(JsonElement value, string shape, string field, string pointer)
    {
        var isRight = shape switch
        {
            "text" => TextOf(value) is not null,
            "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => IsNumber(value, double.NegativeInfinity),
            "positive" => IsNumber(value, 0),
            "count" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0,
            "values" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
            "names" => AreNames(value),
            "type" => IsType(value) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsType)),
            "pattern" => TextOf(value) is { } pattern && schema.TryAddPattern(pattern),
            "reference" => TextOf(value) is not null,
            "schema" or "any" => true,
            "list" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0,
            "map" => IsMap(value, static (_, _) => true),
            "patterns" => IsMap(value, (name, _) => schema.TryAddPattern(name)),
            _ => IsMap(value, static (_, names) => AreNames(names)),
        };
        if (!isRight)
        {
            Fault(field, $"{Shown.Value(value)} is not a usable value here.", Allowed.Words(SchemaKeywords.Describe(shape)));
            return;
        }

        CheckInside(value, shape, field, pointer);
    }

    private void CheckInside(JsonElement value, string shape, string field, string pointer)
    {
        switch (shape)
        {
            case "reference":
                _references.Add((TextOf(value)!, field));
                break;
            case "schema":
                CheckSchema(value, field, pointer);
                break;
            case "list":
                foreach (var (item, i) in value.EnumerateArray().Select((item, i) => (item, i)))
                {
                    CheckSchema(item, $"{field}[{i}]", SchemaDocument.Below(pointer, $"{i}"));
                }

                break;
            case "map" or "patterns":
                foreach (var member in value.EnumerateObject())
                {
                    CheckSchema(member.Value, $"{field}.{Texts.Name(member)}", SchemaDocument.Below(pointer, Texts.Name(member)!));
                }

                break;
        }
    }

    /// <summary>A reference that leads back to itself, or too far, through schemas that all apply to the same value.</summary>
    private string? Circle(JsonElement at, HashSet<string> path)
    {
        if (at.ValueKind == JsonValueKind.Array)
        {
            return at.EnumerateArray().Select(item => Circle(item, path)).FirstOrDefault(found => found is not null);
        }

        if (at.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in at.EnumerateObject().Where(m => m.Name == "$ref" || InPlace.Contains(m.Name)))
        {
            if ((member.Name == "$ref" ? Follow(member.Value.GetString()!, path) : Circle(member.Value, path)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private string? Follow(string reference, HashSet<string> path)
    {
        if (_cleared.Contains(reference))
        {
            return null;
        }

        if (path.Count >= LongestPath || !path.Add(reference))
        {
            return reference;
        }

        var found = Circle(schema.Resolve(reference)!.Value, path);
        path.Remove(reference);
        _cleared.Add(reference);
        return found;
    }

    private static bool IsMap(JsonElement value, Func<string, JsonElement, bool> isRight) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(m => Texts.Name(m) is { } name && isRight(name, m.Value));

    private static bool AreNames(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => TextOf(item) is not null);

    private static bool IsType(JsonElement value) => TextOf(value) is { } name && SchemaKeywords.Types.Contains(name);

    private static bool IsNumber(JsonElement value, double above) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number > above;

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? Texts.Read(value, "", new Violations()) : null;

    private void Fault(string field, string message, JsonElement? allowed = null) => violations.Add(field, FieldCodes.InvalidSchema, message, allowed);
}
