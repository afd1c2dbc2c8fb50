using System.Globalization;
using System.Text;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>Writes number words as digits: <c>twenty-three apples</c> becomes <c>23 apples</c>.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, long> Small = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = 0,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
    };

    private static readonly Dictionary<string, long> Scales = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hundred"] = 100,
        ["thousand"] = 1000,
        ["million"] = 1_000_000,
    };

    /// <summary>Replaces every run of number words by its digits; everything else stays as it is.</summary>
    public static string ToDigits(string text)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var end = WordEnd(text, position);
            if (end == position)
            {
                result.Append(text[position++]);
            }
            else if (Small.ContainsKey(text[position..end]))
            {
                position = AppendNumber(text, position, result);
            }
            else
            {
                result.Append(text, position, end - position);
                position = end;
            }
        }

        return result.ToString();
    }

    private static int WordEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return end;
    }

    private static int AppendNumber(string text, int start, StringBuilder result)
    {
        long total = 0, current = 0, lastSmall = long.MaxValue;
        var (position, end) = (start, start);
        while (true)
        {
            var word = text[position..WordEnd(text, position)];
            if (Small.TryGetValue(word, out var small) && Fits(small, lastSmall))
            {
                current += small;
                lastSmall = small;
            }
            else if (Scales.TryGetValue(word, out var scale) && current > 0)
            {
                (total, current) = scale == 100 ? (total, current * 100) : (total + (current * scale), 0);
                lastSmall = long.MaxValue;
            }
            else
            {
                break;
            }

            end = position + word.Length;
            position = NextWord(text, end);
        }

        result.Append((total + current).ToString(CultureInfo.InvariantCulture));
        return end;
    }

    // "twenty three" is one number, "three four" and "three twenty" are two.
    private static bool Fits(long small, long last) => last == long.MaxValue || (last >= 20 && last % 10 == 0 && small is > 0 and < 10);

    // A space or hyphen joins number words; "and" joins only after "hundred" or "thousand".
    private static int NextWord(string text, int end)
    {
        if (end >= text.Length || text[end] is not (' ' or '-'))
        {
            return text.Length;
        }

        var next = end + 1;
        var precededByScale = text.AsSpan(0, end).EndsWith("hundred", StringComparison.OrdinalIgnoreCase) || text.AsSpan(0, end).EndsWith("thousand", StringComparison.OrdinalIgnoreCase);
        return precededByScale && text.AsSpan(next).StartsWith("and ", StringComparison.OrdinalIgnoreCase) ? next + 4 : next;
    }
}
