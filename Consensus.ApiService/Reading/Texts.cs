using System.Text.Json;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Reading;

/// <summary>JSON strings that may hold escapes of half a surrogate pair, which are legal JSON and no Unicode text.</summary>
internal static class Texts
{
    public static string? Read(JsonElement value, string field, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(value)} is not a string.", Allowed.Words("a string"));
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            violations.Add(field, FieldCodes.ControlCharacters, "The text is broken Unicode: half of a surrogate pair.", Allowed.Words("well-formed Unicode"));
            return null;
        }
    }

    /// <summary>Whether a value is this text. One of broken Unicode is none.</summary>
    public static bool Is(JsonElement value, string text)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member of an object; <c>null</c> where there is none, or a name in the object is broken Unicode.</summary>
    public static JsonElement? Member(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
