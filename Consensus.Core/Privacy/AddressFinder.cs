using System.Globalization;

namespace Consensus.Core.Privacy;

/// <summary>Finds IPv4 and IPv6 addresses.</summary>
internal static class AddressFinder
{
    private const string Marker = "[ip]";
    private const int LongestVersion6 = 45;

    public static void Find(string text, List<RedactionSpan> spans)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!IsAddressChar(text[i]) || (i > 0 && IsWordChar(text[i - 1])))
            {
                i++;
                continue;
            }
            var end = i;
            while (end < text.Length && IsAddressChar(text[end]))
                end++;
            if (end == text.Length || !IsWordChar(text[end]))
                Run(text, i, end, spans);
            i = end;
        }
    }

    private static bool IsAddressChar(char c) => char.IsAsciiHexDigit(c) || c is ':' or '.';

    private static bool IsWordChar(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static void Run(string text, int start, int end, List<RedactionSpan> spans)
    {
        while (end > start && text[end - 1] == '.')
            end--;
        if (end > start + 1 && text[end - 1] == ':' && text[end - 2] != ':')
            end--;
        var run = text.AsSpan(start, end - start);
        if (run.Contains(':') && run.Length <= LongestVersion6 && IsVersion6(run))
        {
            spans.Add(new RedactionSpan(start, end, Marker));
            return;
        }
        // An IPv4 address may be followed by a port, and preceded by a label: "ip:10.0.0.1:80".
        var offset = 0;
        foreach (var part in run.Split(':'))
        {
            offset = part.Start.Value;
            if (IsVersion4(run[part].Trim('.')))
                spans.Add(new RedactionSpan(start + offset + run[part].IndexOfAnyExcept('.'), start + offset + run[part].TrimEnd('.').Length, Marker));
        }
    }

    private static bool IsVersion4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || part.IndexOfAnyExceptInRange('0', '9') >= 0 || int.Parse(part, CultureInfo.InvariantCulture) > 255 || ++parts > 4)
                return false;
        }
        return parts == 4;
    }

    /// <summary>Eight groups, or fewer around one "::"; the last two may be an IPv4 address. A time (12:30:45) has too few groups.</summary>
    private static bool IsVersion6(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap >= 0)
        {
            var after = text[(gap + 2)..];
            if (after.IndexOf("::") >= 0 || after.StartsWith(":"))
                return false;
            var groups = Groups(text[..gap], false) + Groups(after, true);
            // "a::b" alone is a name in code: an address has a digit or more groups.
            return groups is >= 1 and <= 7 && (groups >= 3 || text.IndexOfAnyInRange('0', '9') >= 0);
        }
        return Groups(text, true) == 8;
    }

    private static int Groups(ReadOnlySpan<char> text, bool mayEndInVersion4)
    {
        if (text.IsEmpty)
            return 0;
        var count = 0;
        foreach (var range in text.Split(':'))
        {
            var group = text[range];
            if (mayEndInVersion4 && range.End.Value == text.Length && group.Contains('.') && IsVersion4(group))
                count += 2;
            else if (group.Length is 0 or > 4 || group.Contains('.'))
                return 99;
            else
                count++;
        }
        return count;
    }
}
