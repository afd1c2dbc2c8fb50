using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;

namespace Consensus.Storage.Documents;

/// <summary>Holds JSON against the type that it is to be read as, and names every place where it differs: a reader of JSON stops at the first.</summary>
internal static class DocumentShape
{
    public static void Check(JsonElement value, JsonTypeInfo type, string path, DocumentErrors errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when Is(value, JsonValueKind.Object, "an object", path, errors):
                Members(value, type, path, errors);
                break;
            case JsonTypeInfoKind.Dictionary when Is(value, JsonValueKind.Object, "an object", path, errors):
                foreach (var (name, inner) in Distinct(value, path, errors))
                {
                    Check(inner, Info(type.ElementType!), $"{path}[\"{name}\"]", errors);
                }

                break;
            case JsonTypeInfoKind.Enumerable when Is(value, JsonValueKind.Array, "a list", path, errors):
                var i = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(item, Info(type.ElementType!), $"{path}[{i++}]", errors);
                }

                break;
            case JsonTypeInfoKind.None:
                Single(value, Nullable.GetUnderlyingType(type.Type) ?? type.Type, path, errors);
                break;
        }
    }

    private static void Members(JsonElement value, JsonTypeInfo type, string path, DocumentErrors errors)
    {
        var known = type.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var missing = type.Properties.Where(IsRequired).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var prefix = path == "$" ? "" : path + ".";
        foreach (var (name, member) in Distinct(value, path, errors))
        {
            missing.Remove(name);
            if (!known.TryGetValue(name, out var property))
            {
                errors.Add(prefix + name, FieldCodes.UnknownMember, $"There is no member {DocumentErrors.Shown(name)} here.", known.Keys);
            }
            else if (member.ValueKind != JsonValueKind.Null || !property.IsSetNullable)
            {
                Check(member, Info(property.PropertyType), prefix + name, errors);
            }
        }

        foreach (var name in missing)
        {
            errors.Add(prefix + name, FieldCodes.Required, "The member is missing.");
        }
    }

    /// <summary>A parameter of a constructor without a default is as good as a required member.</summary>
    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };

    private static IEnumerable<(string Name, JsonElement Value)> Distinct(JsonElement value, string path, DocumentErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (Text(() => member.Name) is not { } name)
            {
                errors.Add(path, FieldCodes.ControlCharacters, "The name of a member is broken Unicode.", "well-formed Unicode");
            }
            else if (seen.Add(name))
            {
                yield return (name, member.Value);
            }
            else
            {
                errors.Add(path, FieldCodes.DuplicateMember, $"The member {DocumentErrors.Shown(name)} stands twice.");
            }
        }
    }

    private static void Single(JsonElement value, Type type, string path, DocumentErrors errors)
    {
        if (type == typeof(string))
        {
            if (Is(value, JsonValueKind.String, "a string", path, errors) && Text(value.GetString) is null)
            {
                errors.Add(path, FieldCodes.ControlCharacters, "The text is broken Unicode: half of a surrogate pair.", "well-formed Unicode");
            }
        }
        else if (type == typeof(bool))
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Wrong("true or false", path, errors);
            }
        }
        else if (type == typeof(int))
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out _))
            {
                Wrong("a whole number", path, errors);
            }
        }
        else if (type == typeof(ulong))
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetUInt64(out _))
            {
                Wrong("a whole number, 0 or more", path, errors);
            }
        }
        else if (type == typeof(double))
        {
            if (Is(value, JsonValueKind.Number, "a number", path, errors) && !(value.TryGetDouble(out var number) && double.IsFinite(number)))
            {
                errors.Add(path, FieldCodes.OutOfRange, "The number is not finite.", "a finite number");
            }
        }
        else if (type == typeof(decimal))
        {
            if (Is(value, JsonValueKind.Number, "a number", path, errors) && !value.TryGetDecimal(out _))
            {
                errors.Add(path, FieldCodes.OutOfRange, "The number is too large.", "a number of at most 28 digits");
            }
        }
        else if (type == typeof(DateTimeOffset))
        {
            if (value.ValueKind != JsonValueKind.String || Text(value.GetString) is not { } text || !value.TryGetDateTimeOffset(out _)
                || !(text.EndsWith('Z') || text.EndsWith("+00:00", StringComparison.Ordinal)))
            {
                Wrong("an RFC 3339 time in UTC", path, errors);
            }
        }
        else if (value.ValueKind != JsonValueKind.String || Text(value.GetString) is not { } word || !Words(type).Contains(word))
        {
            errors.Add(path, FieldCodes.InvalidValue, "The value is not one of those allowed.", Words(type));
        }
    }

    private static string[] Words(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static JsonTypeInfo Info(Type type) => ConsensusJson.Default.GetTypeInfo(type)!;

    private static bool Is(JsonElement value, JsonValueKind kind, string words, string path, DocumentErrors errors)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        Wrong(words, path, errors);
        return false;
    }

    private static void Wrong(string words, string path, DocumentErrors errors) => errors.Add(path, FieldCodes.InvalidType, $"The value is not {words}.", words);

    private static string? Text(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
