namespace Consensus.Core.Privacy;

/// <summary>
/// Finds phone numbers: international with a plus (or 00) and 8 to 15 digits, and national ones that are written as such: (555) 123-4567, 555-123-4567, 030
/// 1234567 after "phone".
/// </summary>
internal static class PhoneFinder
{
    private const string Marker = "[phone]";
    private const int MinDigits = 8;
    private const int MaxDigits = 15;
    private const int MaxLength = 30;

    private static readonly string[] Labels =
    [
        "phone", "tel", "tel.", "telephone", "mobile", "cell", "fax", "call", "call me at", "whatsapp", "telefon", "handy", "téléphone", "teléfono", "móvil",
        "ph", "sms", "number is", "电话", "手机",
    ];

    public static void Find(string text, List<RedactionSpan> spans)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!IsStart(text, i))
            {
                i++;
                continue;
            }
            var end = LongestPhone(text, i);
            if (end > 0)
                spans.Add(new RedactionSpan(i, end, Marker));
            i = end > 0 ? end : Math.Max(i + 1, DigitsEnd(text, i));
        }
    }

    /// <summary>Where the longest phone number that begins here ends, or 0. A number that runs into other numbers or words is tried without its last
    /// groups.</summary>
    private static int LongestPhone(string text, int start)
    {
        Span<(int End, int Digits)> groups = stackalloc (int, int)[MaxLength];
        for (var last = Groups(text, start, groups) - 1; last >= 0; last--)
        {
            var (end, digits) = groups[last];
            var isWhole = end >= text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '%');
            if (isWhole && IsPhone(text, start, end, digits))
                return end;
        }
        return 0;
    }

    private static bool IsStart(string text, int i)
    {
        if (i > 0 && (char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '_' or '+' or '$' or '€' or '£' or ')' or '='))
            return false;
        return char.IsAsciiDigit(text[i]) || (text[i] is '+' or '(' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])) || (text[i] == '+'
            && i + 2 < text.Length && text[i + 1] == '(');
    }

    private static int DigitsEnd(string text, int i)
    {
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i;
    }

    /// <summary>The groups of digits from a place on, with single separators and brackets between them: where each ends and how many digits there are up to
    /// it.</summary>
    private static int Groups(string text, int start, Span<(int End, int Digits)> groups)
    {
        var count = 0;
        var digits = 0;
        for (var i = start; i < text.Length && i - start < MaxLength; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                count += i == start || !char.IsAsciiDigit(text[i - 1]) ? 1 : 0;
                groups[count - 1] = (i + 1, ++digits);
            }
            else if (!(c is '(' or ')' || (c == '+' && i == start) || (IsSeparator(c) && i > start && text[i - 1] is not ('-' or '.' or '/'))))
            {
                break;
            }
        }
        return count;
    }

    private static bool IsSeparator(char c) => c is ' ' or '-' or '.' or '\u00A0' or '/' or '‑' or '–';

    private static bool IsPhone(string text, int start, int end, int digits)
    {
        var run = text.AsSpan(start, end - start);
        if (digits > MaxDigits)
            return false;
        if (run[0] == '+')
            return digits >= MinDigits;
        if (IsLabelled(text, start))
            return digits >= 7;
        if (run.StartsWith("00") && digits >= 10 && run[2] != '0')
            return run.IndexOfAny(" -") > 0 || digits >= 11;
        return IsNational(run);
    }

    private static bool IsLabelled(string text, int start)
    {
        var before = text.AsSpan(Math.Max(0, start - 24), Math.Min(24, start)).TrimEnd(" :.#\t\"=*");
        if (before.EndsWith(" is", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" at", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith(" no", StringComparison.OrdinalIgnoreCase))
            before = before[..^3].TrimEnd();
        if (before.EndsWith(" number", StringComparison.OrdinalIgnoreCase))
            before = before[..^7].TrimEnd();
        foreach (var label in Labels)
        {
            if (before.EndsWith(label, StringComparison.OrdinalIgnoreCase) && (before.Length == label.Length
                || !char.IsLetter(before[^(label.Length + 1)]) || label[0] > 0x2E80))
                return true;
        }
        return false;
    }

    /// <summary>(555) 123-4567 · 555-123-4567 · 555.123.4567 · 1-555-123-4567: groups of 3, 3 and 4 with hyphens, points or brackets.</summary>
    private static bool IsNational(ReadOnlySpan<char> run)
    {
        Span<int> groups = stackalloc int[5];
        var count = 0;
        var inGroup = false;
        foreach (var c in run)
        {
            if (!char.IsAsciiDigit(c))
            {
                inGroup = false;
                continue;
            }
            if (!inGroup && ++count > groups.Length)
                return false;
            inGroup = true;
            groups[count - 1]++;
        }
        var marked = run.IndexOfAny("-.()") >= 0 && run.IndexOf(" - ") < 0;
        return marked && (groups[..count] is [3, 3, 4] or [1 or 2, 3, 3, 4] || (run[0] == '('
            && groups[..count] is [>= 2 and <= 5, >= 3 and <= 8] or [>= 2 and <= 5, >= 3 and <= 4, >= 3 and <= 4]));
    }
}
