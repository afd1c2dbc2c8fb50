using System.Text.Json;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>Holds an answer against its schema, as <see cref="Shape"/> writes them. What it says quotes the schema alone, never the answer.</summary>
internal static class ShapeCheck
{
    /// <summary>Checks a value.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <returns>What is wrong with its form, and what is not on a menu; each <c>null</c> when nothing is.</returns>
    public static (string? Form, string? Menu) Check(JsonElement schema, JsonElement value)
    {
        var violations = new List<(bool Menu, string Text)>();
        Check(schema, value, "the answer", violations);
        return (First(violations, menu: false), First(violations, menu: true));
    }

    /// <summary>Whether a word is on a menu: letters' case and the white space around it do not count.</summary>
    public static bool Is(string? word, string entry) => string.Equals(word?.Trim(), entry, StringComparison.OrdinalIgnoreCase);

    private static string? First(List<(bool Menu, string Text)> violations, bool menu) => violations.Find(v => v.Menu == menu).Text;

    private static void Check(JsonElement schema, JsonElement value, string path, List<(bool Menu, string Text)> violations)
    {
        var type = schema.GetProperty("type").GetString();
        if (!IsOf(type, value))
        {
            violations.Add((false, $"{path} must be of the type {type}"));
            return;
        }

        switch (type)
        {
            case "object":
                CheckMembers(schema, value, path, violations);
                break;
            case "array":
                foreach (var item in value.EnumerateArray())
                {
                    Check(schema.GetProperty("items"), item, $"an entry of {path}", violations);
                }

                break;
            case "string" when schema.TryGetProperty("enum", out var menu) && !menu.EnumerateArray().Any(entry => Is(value.GetString(), entry.GetString()!)):
                violations.Add((true, $"{path} must be one of {string.Join(", ", menu.EnumerateArray().Select(entry => $"\"{entry.GetString()}\""))}"));
                break;
        }
    }

    private static void CheckMembers(JsonElement schema, JsonElement value, string path, List<(bool Menu, string Text)> violations)
    {
        var members = schema.GetProperty("properties");
        foreach (var member in members.EnumerateObject())
        {
            if (value.TryGetProperty(member.Name, out var held))
            {
                Check(member.Value, held, $"\"{member.Name}\" of {path}", violations);
            }
            else
            {
                violations.Add((false, $"{path} lacks the member \"{member.Name}\""));
            }
        }

        if (value.EnumerateObject().Any(member => !members.TryGetProperty(member.Name, out _)))
        {
            violations.Add((false, $"{path} has a member that is not in the schema"));
        }
    }

    private static bool IsOf(string? type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("string", JsonValueKind.String) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt32(out _),
        _ => false,
    };
}
