using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Reading;

/// <summary>
/// Reads the members of one JSON object and adds every violation it meets. A member that is <c>null</c> counts as absent.
/// What is wrong comes back as <c>null</c>, like what is absent: callers go on, so that one answer names every fault.
/// </summary>
internal sealed class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly string _path;
    private readonly bool _isMap;

    private ObjectReader(string path, bool isMap, Violations violations)
    {
        _path = path;
        _isMap = isMap;
        Violations = violations;
    }

    public Violations Violations { get; }

    /// <summary>The members in the order given, those that are <c>null</c> left out.</summary>
    public IReadOnlyCollection<KeyValuePair<string, JsonElement>> Members => _members;

    /// <summary>Opens an object whose members are all known by name.</summary>
    public static ObjectReader? Open(JsonElement value, string path, Violations violations, params IReadOnlyCollection<string> known)
    {
        if (OpenAny(value, path, violations) is not { } reader)
        {
            return null;
        }

        foreach (var name in reader._members.Keys.Where(name => !known.Contains(name)).ToList())
        {
            violations.Add(reader.Field(name), FieldCodes.UnknownMember, $"There is no member {Shown.Text(name)} here.", Allowed.Names(known));
            reader._members.Remove(name);
        }

        return reader;
    }

    /// <summary>Opens an object whose member names are the caller's own.</summary>
    public static ObjectReader? OpenMap(JsonElement value, string path, Violations violations) => Open(value, path, isMap: true, violations);

    /// <summary>Opens an object whose members the caller checks itself.</summary>
    public static ObjectReader? OpenAny(JsonElement value, string path, Violations violations) => Open(value, path, isMap: false, violations);

    /// <summary>The path of a member of this object.</summary>
    public string Field(string name) => _isMap ? $"{_path}[\"{name}\"]" : _path.Length == 0 ? name : $"{_path}.{name}";

    public bool Has(string name) => _members.ContainsKey(name);

    public JsonElement? Any(string name) => _members.TryGetValue(name, out var value) ? value : null;

    public string? Text(string name, TextRules rules, int most = int.MaxValue) =>
        Any(name) is { } value && Texts.Read(value, Field(name), Violations) is { } text && Violations.Check(text, Field(name), rules, most) ? text : null;

    public int? Whole(string name, int min, int max) => (int?)Whole(name, (long)min, max);

    public long? Whole(string name, long min, long max)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (Numbers.Whole(value, Field(name), Violations) is not { } number)
        {
            return null;
        }

        return number >= min && number <= max ? (long)number : (long?)OutOfRange(name, value, $"{min} to {max}");
    }

    /// <summary>A finite number within a range given as a test and in words.</summary>
    public double? Number(string name, Func<double, bool> isInRange, string range) =>
        Any(name) is { } value ? Numbers.Read(value, Field(name), Violations, isInRange, range) : null;

    public decimal? Money(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Violations.Add(Field(name), FieldCodes.InvalidType, $"{Shown.Value(value)} is not a number.", Allowed.Words("a number"));
            return null;
        }

        return value.TryGetDecimal(out var amount) && amount >= 0 ? amount : (decimal?)OutOfRange(name, value, "0 or more");
    }

    public bool? Flag(string name)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Violations.Add(Field(name), FieldCodes.InvalidType, $"{Shown.Value(value)} is neither true nor false.", Allowed.Words("true or false"));
        return null;
    }

    /// <summary>One of a closed list of names.</summary>
    public string? OneOf(string name, IReadOnlyCollection<string> names, FieldCode code)
    {
        if (Text(name, TextRules.Any) is not { } text)
        {
            return null;
        }

        if (names.Contains(text))
        {
            return text;
        }

        Violations.Add(Field(name), code, $"{Shown.Text(text)} is not one of those allowed.", Allowed.Names(names));
        return null;
    }

    /// <summary>One of an enum's members by its name on the wire.</summary>
    public T? OneOf<T>(string name)
        where T : struct, Enum =>
        OneOf(name, WireName.All<T>(), FieldCodes.InvalidValue) is { } text ? WireName.Find<T>(text) : null;

    /// <summary>The items of a list with their paths; <c>null</c> when absent or not a list.</summary>
    public IReadOnlyList<(JsonElement Value, string Field)>? Items(string name, int least, int most)
    {
        if (Any(name) is not { } value)
        {
            return null;
        }

        var field = Field(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            Violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(value)} is not a list.", Allowed.Words("a list"));
            return null;
        }

        var count = value.GetArrayLength();
        if (count < least)
        {
            Violations.Add(field, FieldCodes.TooFew, $"The list has {count} items; at least {least} are needed.", Allowed.Range(least, most));
        }

        if (count > most)
        {
            Violations.Add(field, FieldCodes.TooMany, $"The list has {count} items; at most {most} are allowed.", Allowed.Range(least, most));
        }

        // What lies beyond the cap is not looked at: it is wrong already, and a hostile list is long.
        return [.. value.EnumerateArray().Take(most).Select((item, i) => (item, $"{field}[{i}]"))];
    }

    /// <summary>A list of texts without duplicates.</summary>
    public IReadOnlyList<string>? TextList(string name, int least, int most, TextRules rules, int characters)
    {
        if (Items(name, least, most) is not { } items)
        {
            return null;
        }

        var texts = new List<string>(items.Count);
        foreach (var (value, field) in items)
        {
            if (Texts.Read(value, field, Violations) is not { } text || !Violations.Check(text, field, rules, characters))
            {
                continue;
            }

            if (texts.Contains(text))
            {
                Violations.Add(field, FieldCodes.Duplicate, $"{Shown.Text(text)} stands in the list already.");
                continue;
            }

            texts.Add(text);
        }

        return texts;
    }

    public void Contradiction(string name, string message) => Violations.Add(Field(name), FieldCodes.Contradiction, message);

    private static ObjectReader? Open(JsonElement value, string path, bool isMap, Violations violations)
    {
        var reader = new ObjectReader(path, isMap, violations);
        if (value.ValueKind != JsonValueKind.Object)
        {
            violations.Add(reader.Whole(), FieldCodes.InvalidType, $"{Shown.Value(value)} is not an object.", Allowed.Words("an object"));
            return null;
        }

        var seen = new HashSet<string>();
        foreach (var member in value.EnumerateObject())
        {
            reader.Take(member, seen);
        }

        return reader;
    }

    /// <summary>The path of this object itself.</summary>
    private string Whole() => _path.Length == 0 ? "$" : _path;

    private object? OutOfRange(string name, JsonElement value, string range)
    {
        Violations.Add(Field(name), FieldCodes.OutOfRange, $"{Shown.Value(value)} is outside the range.", Allowed.Words(range));
        return null;
    }

    private void Take(JsonProperty member, HashSet<string> seen)
    {
        if (Texts.Name(member) is not { } name)
        {
            Violations.Add(Whole(), FieldCodes.ControlCharacters, "The name of a member is broken Unicode.", Allowed.Words("well-formed Unicode"));
        }
        else if (!seen.Add(name))
        {
            Violations.Add(Field(name), FieldCodes.DuplicateMember, $"The member {Shown.Text(name)} stands twice.");
        }
        else if (member.Value.ValueKind != JsonValueKind.Null)
        {
            _members.Add(name, member.Value);
        }
    }
}
