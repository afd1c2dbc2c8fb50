using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Consensus.Core.Schemas;

/// <summary>
/// Decides whether a value satisfies a checked schema, within a budget of steps. A step is a bounded amount of work: one rule on one value, and one more for every
/// <see cref="StepBytes"/> bytes of either. Source: JSON Schema Core and Validation, draft 2020-12; <c>format</c> is an annotation there, and here.
/// </summary>
/// <param name="schema">The schema, checked or trusted.</param>
/// <param name="steps">The budget.</param>
public sealed class SchemaEvaluator(SchemaDocument schema, int steps)
{
    private const int StepBytes = 64;

    // A pattern takes a few times as long for a character as a comparison.
    private const int PatternBytes = 8;

    private int _steps = steps;

    /// <summary>Whether the value satisfies the schema.</summary>
    /// <param name="value">The value.</param>
    /// <returns><c>null</c> when the budget ran out.</returns>
    public bool? Accepts(JsonElement value) => Accepts(schema.Root, value);

    /// <summary>Whether the value satisfies a part of the schema.</summary>
    /// <param name="part">The part.</param>
    /// <param name="value">The value.</param>
    /// <returns><c>null</c> when the budget ran out.</returns>
    public bool? Accepts(JsonElement part, JsonElement value)
    {
        try
        {
            return Holds(part, value);
        }
        catch (Exception e) when (e is OutOfStepsException or InvalidOperationException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return null; // Too long to tell, or a text of half a surrogate pair.
        }
    }

    private bool Holds(JsonElement at, JsonElement value)
    {
        Spend(1);
        if (at.ValueKind != JsonValueKind.Object)
        {
            return at.ValueKind == JsonValueKind.True;
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new OutOfStepsException();
        }

        var keywords = Keywords(at);
        return keywords.All(keyword => Keeps(keyword.Key, keyword.Value, keywords, value));
    }

    private void Spend(int steps)
    {
        if ((_steps -= steps) < 0)
        {
            throw new OutOfStepsException();
        }
    }

    private static int Bytes(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;

    private bool Keeps(string keyword, JsonElement rule, Dictionary<string, JsonElement> keywords, JsonElement value)
    {
        Spend(1 + ((Bytes(rule) + Bytes(value)) / StepBytes));
        return IsSatisfied(keyword, rule, keywords, value);
    }

    private bool IsSatisfied(string keyword, JsonElement rule, Dictionary<string, JsonElement> keywords, JsonElement value) => keyword switch
    {
        "$ref" => Holds(schema.Resolve(rule.GetString()!)!.Value, value),
        "type" => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(type => IsOf(type.GetString()!, value)) : IsOf(rule.GetString()!, value),
        "enum" => rule.EnumerateArray().Any(allowed => AreEqual(allowed, value)),
        "const" => AreEqual(rule, value),
        "allOf" => rule.EnumerateArray().All(part => Holds(part, value)),
        "anyOf" => rule.EnumerateArray().Any(part => Holds(part, value)),
        "oneOf" => rule.EnumerateArray().Count(part => Holds(part, value)) == 1,
        "not" => !Holds(rule, value),
        "if" => !keywords.TryGetValue(Holds(rule, value) ? "then" : "else", out var branch) || Holds(branch, value),
        _ => value.ValueKind switch
        {
            JsonValueKind.Number => HoldsForNumber(keyword, rule, value),
            JsonValueKind.String => HoldsForText(keyword, rule, value.GetString()!),
            JsonValueKind.Array => HoldsForArray(keyword, rule, keywords, value),
            JsonValueKind.Object => HoldsForObject(keyword, rule, keywords, value),
            _ => true,
        },
    };

    private static bool HoldsForNumber(string keyword, JsonElement rule, JsonElement value) => keyword switch
    {
        "minimum" => value.GetDouble() >= rule.GetDouble(),
        "maximum" => value.GetDouble() <= rule.GetDouble(),
        "exclusiveMinimum" => value.GetDouble() > rule.GetDouble(),
        "exclusiveMaximum" => value.GetDouble() < rule.GetDouble(),
        "multipleOf" => IsMultiple(value, rule),
        _ => true,
    };

    private bool HoldsForText(string keyword, JsonElement rule, string text) => keyword switch
    {
        "minLength" => text.EnumerateRunes().Count() >= rule.GetInt32(),
        "maxLength" => text.EnumerateRunes().Count() <= rule.GetInt32(),
        "pattern" => Matches(rule.GetString()!, text),
        _ => true,
    };

    private bool HoldsForArray(string keyword, JsonElement rule, Dictionary<string, JsonElement> keywords, JsonElement value) => keyword switch
    {
        "minItems" => value.GetArrayLength() >= rule.GetInt32(),
        "maxItems" => value.GetArrayLength() <= rule.GetInt32(),
        "uniqueItems" => rule.ValueKind == JsonValueKind.False || AreUnique([.. value.EnumerateArray()]),
        "prefixItems" => rule.EnumerateArray().Zip(value.EnumerateArray()).All(pair => Holds(pair.First, pair.Second)),
        "items" => value.EnumerateArray().Skip(keywords.TryGetValue("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0).All(item => Holds(rule, item)),
        "contains" => Contains(value.EnumerateArray().Count(item => Holds(rule, item)), keywords),
        _ => true,
    };

    private static bool Contains(int found, Dictionary<string, JsonElement> keywords) =>
        found >= (keywords.TryGetValue("minContains", out var least) ? least.GetInt32() : 1)
        && (!keywords.TryGetValue("maxContains", out var most) || found <= most.GetInt32());

    private bool HoldsForObject(string keyword, JsonElement rule, Dictionary<string, JsonElement> keywords, JsonElement value)
    {
        var members = Keywords(value);
        Spend(members.Count);
        return keyword switch
        {
            "minProperties" => members.Count >= rule.GetInt32(),
            "maxProperties" => members.Count <= rule.GetInt32(),
            "required" => rule.EnumerateArray().All(name => members.ContainsKey(name.GetString()!)),
            "properties" => rule.EnumerateObject().All(p => !members.TryGetValue(p.Name, out var member) || Holds(p.Value, member)),
            "patternProperties" => rule.EnumerateObject().All(p => members.All(m => !Matches(p.Name, m.Key) || Holds(p.Value, m.Value))),
            "additionalProperties" => members.Where(m => !IsNamed(m.Key, keywords)).All(m => Holds(rule, m.Value)),
            "propertyNames" => members.Keys.All(name => Holds(rule, JsonElement.Parse($"\"{JsonEncodedText.Encode(name)}\""))),
            "dependentRequired" => rule.EnumerateObject().All(p => !members.ContainsKey(p.Name) || p.Value.EnumerateArray().All(name => members.ContainsKey(name.GetString()!))),
            _ => true,
        };
    }

    private bool Matches(string pattern, string text)
    {
        Spend(1 + (text.Length / PatternBytes));
        return schema.Pattern(pattern).IsMatch(text);
    }

    private bool IsNamed(string member, Dictionary<string, JsonElement> keywords) =>
        (keywords.TryGetValue("properties", out var properties) && properties.EnumerateObject().Any(p => IsName(p, member)))
        || (keywords.TryGetValue("patternProperties", out var patterns) && patterns.EnumerateObject().Any(p => Matches(p.Name, member)));

    private bool IsName(JsonProperty property, string member)
    {
        Spend(1);
        return property.NameEquals(member);
    }

    private static Dictionary<string, JsonElement> Keywords(JsonElement at)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in at.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    private bool AreUnique(JsonElement[] items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (AreEqual(items[i], items[j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool AreEqual(JsonElement a, JsonElement b)
    {
        Spend(1 + (Math.Min(Bytes(a), Bytes(b)) / StepBytes));
        return JsonElement.DeepEquals(a, b);
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Truncate(value.GetDouble()) == value.GetDouble(),
        _ => value.ValueKind == JsonValueKind.String,
    };

    private static bool IsMultiple(JsonElement value, JsonElement of) =>
        value.TryGetDecimal(out var number) && of.TryGetDecimal(out var step) && step != 0
            ? number % step == 0
            : Math.IEEERemainder(value.GetDouble(), of.GetDouble()) == 0;

    /// <summary>Ends an evaluation that takes too long.</summary>
    private sealed class OutOfStepsException : Exception;
}
