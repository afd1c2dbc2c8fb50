namespace Consensus.Core.Answers.Numbers;

/// <summary>Reads numbers written out in English ("twenty-three", "one hundred and five") and in Han numerals (三百二十).</summary>
internal static class NumberWords
{
    private const int MaxWords = 24;

    private static readonly Dictionary<string, long> Small = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    };

    private static readonly Dictionary<string, long> Scales = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hundred"] = 100, ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000, ["trillion"] = 1_000_000_000_000,
    };

    /// <summary>The value of a single word below a hundred, or <c>null</c>.</summary>
    public static long? Word(string word) => Small.TryGetValue(word, out var value) ? value : null;

    /// <summary>The last number written in words that is stated, or <c>null</c>. Only the end of a long text is looked at.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isStatement">Whether the text is what was said to be the answer; otherwise it is prose, whose numbers are mostly others.</param>
    public static (Quantity Value, int Start, int End)? Last(string text, bool isStatement)
    {
        var words = WordsOf(text);
        for (var last = words.Count - 1; last >= 0; last--)
        {
            if (!IsNumeric(text[words[last]]))
                continue;
            var first = last;
            while (first > 0 && (IsNumeric(text[words[first - 1]]) || (text[words[first - 1]].Equals("and", StringComparison.OrdinalIgnoreCase)
                && first > 1 && IsNumeric(text[words[first - 2]]))))
                first--;
            var value = Compose(text, words[first..(last + 1)]);
            if (value is not { } number || !StatedWords.Are(text, words, first, last, isStatement))
                continue;
            var start = words[first].Start.Value;
            var negative = first > 0 && text[words[first - 1]].ToUpperInvariant() is "MINUS" or "NEGATIVE";
            return (Quantity.FromDouble(negative ? -number : number)!.Value, start, words[last].End.Value);
        }
        return Han(text);
    }

    private static bool IsNumeric(string word) => Small.ContainsKey(word) || Scales.ContainsKey(word);

    private static List<Range> WordsOf(string text)
    {
        List<Range> words = [];
        var end = text.Length;
        while (end > 0 && words.Count < MaxWords)
        {
            while (end > 0 && !char.IsLetter(text[end - 1]))
                end--;
            var start = end;
            while (start > 0 && char.IsLetter(text[start - 1]))
                start--;
            if (start < end)
                words.Add(start..end);
            end = start;
        }
        words.Reverse();
        return words;
    }

    private static long? Compose(string text, List<Range> words)
    {
        long total = 0;
        long current = 0;
        var hasAny = false;
        foreach (var range in words)
        {
            var word = text[range];
            if (Small.TryGetValue(word, out var small))
            {
                if (hasAny && current % 100 != 0 && (current % 10 != 0 || small >= 10))
                    return null;
                current += small;
                hasAny = true;
            }
            else if (Scales.TryGetValue(word, out var scale))
            {
                if (!hasAny)
                    return null;
                if (scale == 100)
                {
                    current *= 100;
                }
                else
                {
                    total += current * scale;
                    current = 0;
                }
                if (total > 1_000_000_000_000_000 || current > 1_000_000)
                    return null;
            }
        }
        return hasAny ? total + current : null;
    }

    private static (Quantity Value, int Start, int End)? Han(string text)
    {
        const string digits = "零一二三四五六七八九";
        const string all = digits + "〇两兩十百千万亿萬億";
        var end = text.AsSpan().LastIndexOfAny(all) + 1;
        if (end == 0)
            return null;
        var start = end;
        while (start > 0 && end - start < MaxWords && all.Contains(text[start - 1]))
            start--;
        double total = 0;
        double section = 0;
        double digit = 0;
        foreach (var c in text.AsSpan(start, end - start))
        {
            var power = c switch { '十' => 10, '百' => 100, '千' => 1000, '万' or '萬' => 1e4, '亿' or '億' => 1e8, _ => 0 };
            if (power == 0)
            {
                digit = c switch { '〇' => 0, '两' or '兩' => 2, _ => digits.IndexOf(c) };
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
        return Quantity.FromDouble(total + section + digit) is { } value ? (value, start, end) : null;
    }
}
