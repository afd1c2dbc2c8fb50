namespace Consensus.Core.Privacy;

/// <summary>Finds payment card numbers (13 to 19 digits with a valid Luhn digit) and IBANs (ISO 13616: valid modulo 97).</summary>
internal static class AccountFinder
{
    private const int MinCard = 13;
    private const int MaxCard = 19;
    private const int MinIban = 15;
    private const int MaxIban = 34;

    public static void Find(string text, List<RedactionSpan> spans)
    {
        for (var i = 0; i < text.Length;)
        {
            var opensWord = i == 0 || !char.IsLetterOrDigit(text[i - 1]);
            if (char.IsAsciiDigit(text[i]))
            {
                i = Cards(text, i, opensWord, spans);
                continue;
            }
            if (opensWord && i + 3 < text.Length && char.IsAsciiLetter(text[i]) && char.IsAsciiLetter(text[i + 1]) && char.IsAsciiDigit(text[i + 2])
                && char.IsAsciiDigit(text[i + 3]))
                Iban(text, i, spans);
            i++;
        }
    }

    private static bool IsJoint(char c) => c is ' ' or '-' or '\u00A0';

    /// <summary>A run of digits with single spaces or hyphens between them: any stretch of it between separators that is a card's number, but not the digits
    /// of a decimal, before the point or after it. Returns where the run ends.</summary>
    private static int Cards(string text, int start, bool opensWord, List<RedactionSpan> spans)
    {
        List<int> places = [];
        var i = start;
        for (; i < text.Length && (char.IsAsciiDigit(text[i]) || (IsJoint(text[i]) && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))); i++)
        {
            if (char.IsAsciiDigit(text[i]))
                places.Add(i);
        }
        for (var first = 0; first + MinCard <= places.Count; first++)
        {
            if (first == 0 ? !opensWord || IsFraction(text, start) : places[first] == places[first - 1] + 1)
                continue;
            for (var length = Math.Min(MaxCard, places.Count - first); length >= MinCard; length--)
            {
                var last = first + length - 1;
                var endsGroup = last + 1 == places.Count ? EndsNumber(text, places[first], places[last] + 1) : places[last + 1] > places[last] + 1;
                if (endsGroup && IsCard(text, places, first, length))
                {
                    spans.Add(new RedactionSpan(places[first], places[last] + 1, "[card]"));
                    first = last;
                    break;
                }
            }
        }
        return i;
    }

    private static bool IsFraction(string text, int start) => start > 1 && text[start - 1] == '.' && char.IsAsciiDigit(text[start - 2]);

    /// <summary>A card in groups ends before a point; digits in one piece before a point and more of them are a decimal.</summary>
    private static bool EndsNumber(string text, int start, int end) => end >= text.Length
        || !(char.IsLetterOrDigit(text[end]) || (end + 1 < text.Length && IsFraction(text, end + 1) && char.IsAsciiDigit(text[end + 1])
            && text.AsSpan(start, end - start).IndexOfAnyExceptInRange('0', '9') < 0));

    private static bool IsCard(string text, List<int> places, int first, int length)
    {
        var sum = 0;
        var differs = false;
        for (var i = 0; i < length; i++)
        {
            var digit = text[places[first + length - 1 - i]] - '0';
            differs |= digit != text[places[first]] - '0';
            var doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 && differs;
    }

    /// <summary>Country, check digits and account, in one piece or in groups by single spaces: the longest beginning that is valid.</summary>
    private static void Iban(string text, int start, List<RedactionSpan> spans)
    {
        var remainder = 0;
        var count = 0;
        var end = -1;
        var head = Value(text[start]) * 10_000 + (Value(text[start + 1]) * 100) + ((text[start + 2] - '0') * 10) + (text[start + 3] - '0');
        for (var i = start + 4; i < text.Length && count < MaxIban - 4; i++)
        {
            if (IsJoint(text[i]) && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]))
                continue;
            if (!char.IsAsciiLetterOrDigit(text[i]))
                break;
            var value = Value(text[i]);
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
            count++;
            var isLast = i + 1 >= text.Length || !char.IsLetterOrDigit(text[i + 1]);
            if (isLast && count + 4 >= MinIban && ((remainder * 1_000_000L) + head) % 97 == 1)
                end = i + 1;
        }
        if (end > 0)
            spans.Add(new RedactionSpan(start, end, "[iban]"));
    }

    private static int Value(char c) => char.IsAsciiDigit(c) ? c - '0' : char.ToUpperInvariant(c) - 'A' + 10;
}
