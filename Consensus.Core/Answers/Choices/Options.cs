using Consensus.Core.Answers.Kinds;

namespace Consensus.Core.Answers.Choices;

/// <summary>The options of a choice, ready to be found in texts.</summary>
internal sealed class Options
{
    private static readonly string[] Articles = ["the ", "a ", "an "];

    private readonly string[] keys;

    public Options(IReadOnlyList<string> choices)
    {
        keys = [.. choices.Select(static choice => KeyOf(Scripts.Markdown.Plain(choice)))];
        Count = choices.Count == 0 ? 26 : Math.Min(choices.Count, 26);
    }

    /// <summary>How many letters stand for an option; all 26 when the options are not known.</summary>
    public int Count { get; }

    /// <summary>The index of a letter, or <c>null</c> when no option has it.</summary>
    public int? Letter(char letter)
    {
        var upper = letter is >= 'Ａ' and <= 'Ｚ' ? letter - 'Ａ' : char.ToUpperInvariant(letter) - 'A';
        return upper >= 0 && upper < Count ? upper : null;
    }

    /// <summary>The one option that a text is, or <c>null</c>.</summary>
    public int? Equal(string text)
    {
        var key = KeyOf(text);
        var first = Array.IndexOf(keys, key);
        return first >= 0 && Array.IndexOf(keys, key, first + 1) < 0 ? first : null;
    }

    /// <summary>The option that a text begins with, or the only one that it mentions; an option inside a longer one that is mentioned does not count.</summary>
    public int? Mentioned(string text)
    {
        var key = KeyOf(text);
        if (Equal(text) is { } equal)
            return equal;
        var longest = -1;
        for (var i = 0; i < keys.Length; i++)
        {
            if (StartsWithWord(key, keys[i]) && (longest < 0 || keys[i].Length > keys[longest].Length))
                longest = i;
        }
        return longest >= 0 ? longest : OnlyOne(key);
    }

    private static string KeyOf(string text)
    {
        var key = TextAnswer.Key(text);
        return Array.Find(Articles, article => key.StartsWith(article, StringComparison.Ordinal)) is { } article ? key[article.Length..] : key;
    }

    private int? OnlyOne(string key)
    {
        List<int> found = [];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Length >= 2 && ContainsWord(key, keys[i], ruledOutCounts: false))
                found.Add(i);
        }
        found.RemoveAll(i => found.Exists(j => keys[j].Length > keys[i].Length && ContainsWord(keys[j], keys[i])));
        return found.Count == 1 ? found[0] : null;
    }

    private static bool StartsWithWord(string text, string word) =>
        word.Length > 0 && text.StartsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !IsWordChar(text[word.Length]));

    private static bool ContainsWord(string text, string word, bool ruledOutCounts = true)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = at + 1 < text.Length
            ? text.IndexOf(word, at + 1, StringComparison.Ordinal) : -1)
        {
            if ((at == 0 || !IsWordChar(text[at - 1]) || !IsWordChar(word[0])) && (at + word.Length == text.Length || !IsWordChar(text[at + word.Length])
                || !IsWordChar(word[^1])) && (ruledOutCounts || !RuledOut.Is(text, at, at + word.Length)))
                return true;
        }
        return false;
    }

    // Scripts that set no spaces between words have no word boundary to ask for.
    private static bool IsWordChar(char c) => char.IsLetterOrDigit(c) && c < '\u2E80';
}
