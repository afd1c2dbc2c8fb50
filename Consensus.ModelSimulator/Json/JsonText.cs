using System.Text.Json;

namespace Consensus.ModelSimulator.Json;

internal static class JsonText
{
    /// <summary>The text of a JSON string; <c>null</c> for any other value, and for a string with half of a surrogate pair, which is legal JSON but no text.</summary>
    public static string? Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return OrNull(element, static e => e.GetString());
    }

    /// <summary>The name of a member, or <c>null</c> in the same case.</summary>
    public static string? NameOf(JsonProperty member) => OrNull(member, static m => m.Name);

    /// <summary>The texts of a JSON string or of an array of them; <c>null</c> when any of them is none.</summary>
    public static IReadOnlyList<string>? AllOf(JsonElement element)
    {
        var texts = element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(Of).ToList() : [Of(element)];
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    /// <summary>The member of that name; <c>null</c> when there is none or the value is no object.</summary>
    public static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) == name)
            {
                return member.Value;
            }
        }

        return null;
    }

    private static string? OrNull<T>(T value, Func<T, string?> read)
    {
        try
        {
            return read(value);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
