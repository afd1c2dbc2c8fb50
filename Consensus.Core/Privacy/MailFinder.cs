namespace Consensus.Core.Privacy;

/// <summary>Finds e-mail addresses.</summary>
internal static class MailFinder
{
    private const int LongestLocal = 128;
    private const int LongestDomain = 255;

    public static void Find(string text, List<RedactionSpan> spans)
    {
        for (var from = 0; from < text.Length && text.IndexOf('@', from) is >= 0 and var at; from = at + 1)
        {
            var start = at;
            while (start > 0 && at - start < LongestLocal && IsLocal(text[start - 1]))
                start--;
            var end = at + 1;
            while (end < text.Length && end - at <= LongestDomain && IsDomain(text[end]))
                end++;
            while (end > at + 1 && text[end - 1] is '.' or '-')
                end--;
            while (start < at && text[start] is '.' or '-' or '+')
                start++;
            if (start < at && HasTopLevel(text.AsSpan(at + 1, end - at - 1)))
                spans.Add(new RedactionSpan(start, end, "[email]"));
        }
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c)
        || c is '.' or '_' or '%' or '+' or '-' or '!' or '#' or '$' or '&' or '\'' or '*' or '/' or '=' or '?' or '^' or '{' or '|' or '}' or '~';

    private static bool IsDomain(char c) => char.IsLetterOrDigit(c) || c is '.' or '-';

    private static bool HasTopLevel(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        return dot > 0 && domain.Length - dot > 2 && char.IsLetter(domain[dot + 1]);
    }
}
