using System.Text.Json;

namespace Consensus.Storage.Documents;

/// <summary>
/// Looks at JSON whose shape was checked but may be wrong: what is not there, or is of another type, is <c>null</c>. So the rules about values speak at once
/// with the check of the shape.
/// </summary>
internal static class DocumentView
{
    public static JsonElement? Object(this JsonElement json, string name) => Member(json, name, JsonValueKind.Object);

    public static string? Text(this JsonElement json, string name) => Member(json, name, JsonValueKind.String) is { } value ? Text(value) : null;

    /// <summary>A number; one beyond every double is no number here, the check of the shape has reported it.</summary>
    public static double? Number(this JsonElement json, string name) =>
        Member(json, name, JsonValueKind.Number) is { } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public static int? Whole(this JsonElement json, string name) =>
        Member(json, name, JsonValueKind.Number) is { } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Whether a member is there and true.</summary>
    public static bool IsTrue(this JsonElement json, string name) => Member(json, name, JsonValueKind.True) is not null;

    /// <summary>The items of a list with their places; <c>null</c> when there is no list.</summary>
    public static IReadOnlyList<JsonElement>? List(this JsonElement json, string name) =>
        Member(json, name, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray()] : null;

    /// <summary>A text that stands by itself.</summary>
    public static string? TextOf(this JsonElement json) => json.ValueKind == JsonValueKind.String ? Text(json) : null;

    private static JsonElement? Member(JsonElement json, string name, JsonValueKind kind)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
        }
        catch (InvalidOperationException)
        {
            return null; // A member's name is broken Unicode, which the check of the shape reports.
        }
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair, likewise.
        }
    }
}
