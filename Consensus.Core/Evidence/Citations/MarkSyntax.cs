using System.Buffers;
using System.Globalization;

namespace Consensus.Core.Evidence.Citations;

/// <summary>How a mark of a citation is written: <c>[1]</c>, <c>[1, 4]</c>, <c>[1-3]</c>, <c>[^2]</c>, <c>【1】</c>, <c>【1†source】</c>, <c>［１］</c>.</summary>
internal static class MarkSyntax
{
    /// <summary>No mark is longer; what is says something.</summary>
    private const int Longest = 120;

    /// <summary>Nobody cites more passages at once; a longer range is text.</summary>
    private const int MostAtOnce = 50;

    /// <summary>A number of more digits is a year or a part's number, unless there are so many passages.</summary>
    private const int MostDigits = 3;

    private static readonly SearchValues<char> SpacesOfText = SearchValues.Create(" \t\r\n\v\f\u0085\u00A0\u2028\u2029\u3000");

    /// <summary>The character after the mark that begins at a place, and the numbers that it names; <c>null</c> when none begins there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">A place in it.</param>
    /// <param name="passages">How many passages there are.</param>
    public static (int End, List<int> Numbers)? At(string text, int start, int passages)
    {
        if (Closing(text[start]) is not { } close)
        {
            return null;
        }

        var length = text.AsSpan(start, Math.Min(Longest, text.Length - start)).IndexOf(close);
        if (length < 2 || Numbers(WithoutSource(text.AsSpan(start + 1, length - 1), text[start]), passages) is not { } numbers)
        {
            return null;
        }

        return (AfterLink(text, start + length + 1), numbers);
    }

    private static char? Closing(char open) => open switch { '[' => ']', '【' => '】', '［' => '］', '〔' => '〕', _ => null };

    // "【1†report.pdf】"
    private static ReadOnlySpan<char> WithoutSource(ReadOnlySpan<char> inside, char open) =>
        open == '【' && inside.IndexOf('†') is > 0 and var dagger ? inside[..dagger] : inside;

    private static List<int>? Numbers(ReadOnlySpan<char> inside, int passages)
    {
        List<int> numbers = [];
        var first = -1;
        var wantsNumber = true;
        for (var i = 0; i < inside.Length;)
        {
            var c = inside[i];
            if (Digit(c) >= 0)
            {
                if (!wantsNumber || Number(inside, ref i, passages) is not { } number || !Add(numbers, first, number))
                {
                    return null;
                }

                (first, wantsNumber) = (-1, false);
                continue;
            }

            if (IsDash(c) && !wantsNumber && first < 0)
            {
                (first, wantsNumber) = (numbers[^1], true);
            }
            else if (c is ',' or ';' or '，' or '、' or '；' && !wantsNumber)
            {
                wantsNumber = true;
            }
            else if (c is not ' ' and not '\u00A0' && !(c == '^' && i == 0))
            {
                return null;
            }

            i++;
        }

        return wantsNumber ? null : numbers;
    }

    /// <summary>Adds a number, or the range up to it; false when the range goes down or is too long.</summary>
    private static bool Add(List<int> numbers, int first, int number)
    {
        if (first < 0)
        {
            numbers.Add(number);
            return numbers.Count <= MostAtOnce;
        }

        for (var next = first + 1; next <= number && numbers.Count <= MostAtOnce; next++)
        {
            numbers.Add(next);
        }

        return number > first && numbers.Count <= MostAtOnce;
    }

    private static int? Number(ReadOnlySpan<char> inside, ref int i, int passages)
    {
        var (value, digits) = (0, 0);
        for (; i < inside.Length && Digit(inside[i]) is >= 0 and var digit; i++, digits++)
        {
            value = digits > 8 ? int.MaxValue : (value * 10) + digit;
        }

        return value > 0 && (digits <= MostDigits || value <= passages) ? value : null;
    }

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : c is >= '０' and <= '９' ? c - '０' : c < 128 ? -1 : CharUnicodeInfo.GetDecimalDigitValue(c);

    private static bool IsDash(char c) => c is '-' or '–' or '—' or '‑' or '～' or '~';

    // "[1](https://…)" is one mark; what has space in it is an aside in brackets.
    private static int AfterLink(string text, int end)
    {
        var rest = text.AsSpan(end);
        var isLink = rest.StartsWith("(http", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("(#", StringComparison.Ordinal);
        var close = isLink ? rest.IndexOf(')') : -1;
        return close < 0 || rest[..close].IndexOfAny(SpacesOfText) >= 0 ? end : end + close + 1;
    }
}
