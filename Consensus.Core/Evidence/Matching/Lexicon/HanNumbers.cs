namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Numbers in Han numerals, where a word that counts or measures follows them: in other words the numerals mean no number.</summary>
internal static class HanNumbers
{
    /// <summary>No number has more numerals.</summary>
    private const int Longest = 24;

    private const string Digits = "零一二三四五六七八九";
    private const string Numerals = Digits + "〇两兩十百千万亿萬億";
    private const string Counters = "年月日号个個人名家米座层層岁歲次位间間所条條元吨小时天倍公英辆艘只匹本项種种台分度周隻";

    /// <summary>The number that begins at a place of a run, and the place after it.</summary>
    public static (double Value, int End)? At(string text, int start, int runEnd)
    {
        var end = start;
        while (end < runEnd && end - start < Longest && Numerals.Contains(text[end]))
        {
            end++;
        }

        return end == start || end >= runEnd || !Counters.Contains(text[end]) || text[start] is '万' or '亿' or '萬' or '億' or '百' or '千' && end == start + 1
            ? null
            : (Value(text.AsSpan(start, end - start)), end);
    }

    private static double Value(ReadOnlySpan<char> numerals)
    {
        double total = 0, section = 0, digit = 0;
        if (numerals.IndexOfAny("十百千万亿萬億") < 0)
        {
            // "一九九八年": digit by digit.
            foreach (var c in numerals)
            {
                total = (total * 10) + DigitOf(c);
            }

            return total;
        }

        foreach (var c in numerals)
        {
            var power = c switch { '十' => 10, '百' => 100, '千' => 1000, '万' or '萬' => 1e4, '亿' or '億' => 1e8, _ => 0 };
            if (power == 0)
            {
                digit = DigitOf(c);
            }
            else if (power < 1e4)
            {
                section += (digit == 0 ? 1 : digit) * power;
                digit = 0;
            }
            else
            {
                total = (total + section + digit) * power;
                section = digit = 0;
            }
        }

        return total + section + digit;
    }

    private static int DigitOf(char c) => c switch { '〇' => 0, '两' or '兩' => 2, _ => Digits.IndexOf(c) };
}
