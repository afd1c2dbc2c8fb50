using System.Text;
using System.Text.Json;

namespace Consensus.ApiService.Reading;

/// <summary>A caller's value as an error message may show it: short, on one line, without control characters.</summary>
internal static class Shown
{
    private const int ValueCharacters = 60;

    public static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Cut(value.GetRawText(), ValueCharacters),
    };

    public static string Text(string text) => $"\"{Cut(text, ValueCharacters)}\"";

    /// <summary>At most <paramref name="most"/> characters, never half a surrogate pair, control characters and broken surrogates replaced.</summary>
    public static string Cut(string text, int most)
    {
        var shown = new StringBuilder(Math.Min(text.Length, most) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > most)
            {
                return shown.Append('…').ToString();
            }

            shown.Append(Rune.IsControl(rune) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return shown.ToString();
    }
}
