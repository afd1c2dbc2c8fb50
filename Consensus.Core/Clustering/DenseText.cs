namespace Consensus.Core.Clustering;

/// <summary>Short answers inside sentences of scripts that set no spaces between words.</summary>
internal static class DenseText
{
    private const int LongestAnswer = 12;
    private const int LongestSentence = 120;

    private static readonly string[] Leads = ["は", "が", "是", "为", "為", "：", ":", "은", "는", "이", "가", "「", "『", " ", "在", "叫", "คือ"];

    private static readonly string[] Tails =
    [
        "です", "だ", "である", "でした", "。", "，", "、", ",", ".", "」", "』", "입니다", "이다", "이에요", "예요", "是", "は", "은", "는", " ", "ครับ", "ค่ะ",
    ];

    /// <summary>Whether the answer stands in the sentence as its subject or right after its verb of being: 日本の首都は東京です states 東京.</summary>
    public static bool States(string sentence, string answer)
    {
        if (answer.Length is 0 or > LongestAnswer || sentence.Length is > LongestSentence || sentence.Length <= answer.Length || !answer.All(Tokenizer.IsDense))
            return false;
        for (var at = sentence.IndexOf(answer, StringComparison.Ordinal); at >= 0; at = sentence.IndexOf(answer, at + 1, StringComparison.Ordinal))
        {
            var before = sentence.AsSpan(0, at);
            var after = sentence.AsSpan(at + answer.Length);
            if ((before.IsEmpty || EndsWithAny(before, Leads)) && (after.IsEmpty || StartsWithAny(after, Tails)))
                return true;
        }
        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word))
                return true;
        }
        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word))
                return true;
        }
        return false;
    }
}
