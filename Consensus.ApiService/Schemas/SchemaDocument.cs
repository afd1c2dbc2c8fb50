using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Consensus.ApiService.Schemas;

/// <summary>A schema with its compiled patterns and its local references.</summary>
internal sealed class SchemaDocument(JsonElement root)
{
    private readonly Dictionary<string, Regex> _patterns = [];

    public JsonElement Root { get; } = root;

    /// <summary>A checked pattern; it runs in linear time.</summary>
    public Regex Pattern(string pattern) => _patterns[pattern];

    /// <summary>Compiles a pattern; false when it is not one that runs in linear time.</summary>
    public bool TryAddPattern([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        try
        {
            _patterns[pattern] = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>What a local reference (<c>#</c>, <c>#/$defs/x</c>) points to.</summary>
    public JsonElement? Resolve(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        var at = Root;
        foreach (var token in Uri.UnescapeDataString(reference[1..]).Split('/').Skip(1))
        {
            if (Step(at, token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) is not { } next)
            {
                return null;
            }

            at = next;
        }

        return reference.Length == 1 || reference[1] == '/' ? at : null;
    }

    private static JsonElement? Step(JsonElement at, string token) => at.ValueKind switch
    {
        JsonValueKind.Object when Find(at, token) is { } member => member,
        JsonValueKind.Array when int.TryParse(token, out var i) && i >= 0 && i < at.GetArrayLength() => at[i],
        _ => null,
    };

    private static JsonElement? Find(JsonElement at, string name)
    {
        foreach (var member in at.EnumerateObject())
        {
            if (Reading.Texts.Name(member) == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}
