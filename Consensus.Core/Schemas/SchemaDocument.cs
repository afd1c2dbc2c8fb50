using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Consensus.Core.Schemas;

/// <summary>A schema with its compiled patterns and its local references.</summary>
public sealed class SchemaDocument(JsonElement root)
{
    private readonly Dictionary<string, Regex> _patterns = [];
    private readonly Dictionary<string, JsonElement> _schemas = [];

    /// <summary>The schema itself.</summary>
    public JsonElement Root { get; } = root;

    /// <summary>A schema of our own, which needs no check: whatever its references lead to is noted, its patterns are compiled.</summary>
    /// <exception cref="ArgumentException">A pattern of it does not run in linear time.</exception>
    public static SchemaDocument OfTrusted(JsonElement root)
    {
        var document = new SchemaDocument(root);
        document.AddAll(root, "");
        return document;
    }

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

    /// <summary>The JSON pointer (RFC 6901) of a member or item below a place; the root's is empty.</summary>
    public static string Below(string pointer, string token) =>
        $"{pointer}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private void AddAll(JsonElement at, string pointer)
    {
        if (at.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Add(pointer, at);
        foreach (var member in at.EnumerateObject())
        {
            if (member.Name == "pattern" && member.Value.ValueKind == JsonValueKind.String && !TryAddPattern(member.Value.GetString()!))
            {
                throw new ArgumentException($"The pattern at {pointer} does not run in linear time.", nameof(at));
            }

            AddAll(member.Value, Below(pointer, member.Name));
        }
    }

    /// <summary>Notes that a schema stands at a place, so that references may lead there.</summary>
    public void Add(string pointer, JsonElement at) => _schemas[pointer] = at;

    /// <summary>The schema that a local reference (<c>#</c>, <c>#/$defs/x</c>) leads to; <c>null</c> when there is none, also where another value stands.</summary>
    public JsonElement? Resolve(string reference) =>
        reference.StartsWith('#') && _schemas.TryGetValue(Uri.UnescapeDataString(reference[1..]), out var at) ? at : null;
}
