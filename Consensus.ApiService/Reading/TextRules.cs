using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Reading;

/// <summary>Which characters a text may have.</summary>
[Flags]
internal enum TextRules
{
    /// <summary>Well-formed Unicode of any kind: what a model wrote is taken as it is.</summary>
    Any = 0,

    /// <summary>No control characters but line feed, carriage return and tab.</summary>
    Printable = 1,

    /// <summary>No control characters at all.</summary>
    OneLine = 2,

    /// <summary>More than white space.</summary>
    NotBlank = 4,
}

internal static class TextChecks
{
    /// <summary>Adds what is wrong with a text; true when nothing is.</summary>
    public static bool Check(this Violations violations, string text, string field, TextRules rules, int most = int.MaxValue)
    {
        var before = violations.Count;
        if (rules.HasFlag(TextRules.NotBlank) && string.IsNullOrWhiteSpace(text))
        {
            violations.Add(field, FieldCodes.Required, "The text is empty or white space only.");
        }

        if (text.Length > most)
        {
            violations.Add(field, FieldCodes.TooLong, $"The text has {text.Length} characters; at most {most} are allowed.", Allowed.Words($"at most {most} characters"));
        }

        var at = FirstForbidden(text, rules);
        if (at >= 0)
        {
            violations.Add(field, FieldCodes.ControlCharacters, $"The text has U+{(int)text[at]:X4} at position {at}.", Allowed.Words(Words(rules)));
        }

        return violations.Count == before;
    }

    private static int FirstForbidden(string text, TextRules rules)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c) || (char.IsControl(c) && IsForbidden(c, rules)))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsForbidden(char control, TextRules rules) =>
        rules.HasFlag(TextRules.OneLine) || (rules.HasFlag(TextRules.Printable) && control is not ('\n' or '\r' or '\t'));

    private static string Words(TextRules rules) =>
        rules.HasFlag(TextRules.OneLine) ? "well-formed Unicode without control characters"
        : rules.HasFlag(TextRules.Printable) ? "well-formed Unicode; of control characters only line feed, carriage return and tab"
        : "well-formed Unicode";
}
