using Consensus.Core.Answers;
using Consensus.Core.Answers.Numbers;
using Consensus.Core.Answers.Scripts;

namespace Consensus.Core.Clustering;

/// <summary>What of a free-text answer is compared with others. A function of the one text, so that a pair's similarity does not depend on the rest of the
/// panel.</summary>
internal sealed class TextFeatures
{
    /// <summary>The most distinct features that are compared; of a longer text those with the smallest hashes, a sample that overlaps for texts that
    /// overlap.</summary>
    private const int MaxFeatures = 2_048;

    /// <summary>Up to this many words a text counts as short: its every word matters.</summary>
    private const int ShortWords = 40;

    private const int NegationReach = 3;
    private const int FormulaWord = 3;
    private const int LongestContrast = 4;

    public TextFeatures(Answer answer)
    {
        Key = answer.Key;
        Tokens = WithoutContrast(Tokenizer.Tokens(answer.Text));
        Content = [.. Tokens.Where(static token => !token.IsStopWord && !token.IsNegation)];
        if (Content.Length == 0)
            Content = [.. Tokens.Where(static token => !token.IsNegation)];
        Features = Sample([.. Content.Select(static token => token.Form)]);
        Numbers = [.. NumberScanner.Scan(NumberText.Prepare(answer.Text), spacesGroup: false).Select(static token => token.Value.Key)];
        Numbers.UnionWith(Tokens.Where(static token => token.IsSpelledNumber).Select(static token => token.Form));
        Codes = [.. Content.Where(static token => token.IsCode).Select(static token => token.Form)];
        Words = [.. Tokens.Select(static token => token.Form)];
        Entities = [.. Content.Where(static token => token.IsEntity).Select(static token => token.Form)];
        (Verdict, Negations, Negated) = Polarity(Tokens);
        IsFormula = LooksLikeFormula(answer.Text);
    }

    public string Key { get; }

    public Token[] Tokens { get; }

    /// <summary>The tokens that carry meaning, in order.</summary>
    public Token[] Content { get; }

    /// <summary>The distinct content forms, sampled.</summary>
    public HashSet<string> Features { get; }

    public HashSet<string> Words { get; }

    /// <summary>The values of the numbers, by key.</summary>
    public HashSet<string> Numbers { get; }

    /// <summary>Words with digits in them that are not numbers: H2O, 12:30, 2024-05-01.</summary>
    public HashSet<string> Codes { get; }

    public HashSet<string> Entities { get; }

    /// <summary>An opening yes (1) or no (−1), else 0.</summary>
    public int Verdict { get; }

    /// <summary>How many words deny, the opening verdict aside.</summary>
    public int Negations { get; }

    /// <summary>The content forms shortly after a denial.</summary>
    public HashSet<string> Negated { get; }

    /// <summary>A formula or a sign (x + 1, \frac{1}{2}, C++) says something else with every character: only equal ones are the same.</summary>
    public bool IsFormula { get; }

    public bool IsShort => Tokens.Length <= ShortWords;

    /// <summary>Without a closing contrast: "Canberra, not Sydney" says Canberra. It names something, for "safe, not" denies.</summary>
    private static Token[] WithoutContrast(Token[] tokens)
    {
        for (var i = Math.Max(1, tokens.Length - LongestContrast); i < tokens.Length; i++)
        {
            if (tokens[i] is { Form: "not", IsAfterBreak: true } && i + 1 < tokens.Length && tokens[(i + 1)..].All(static token => token.IsCapital
                || token.IsStopWord) && tokens[^1].IsCapital)
                return tokens[..i];
        }
        return tokens;
    }

    private static bool LooksLikeFormula(string text)
    {
        if (LatexForm.IsFormula(text))
            return true;
        if (text.AsSpan().IndexOfAny("+-*/=<>()_±×÷√≤≥≠") < 0)
            return false;
        var letters = 0;
        foreach (var c in text)
        {
            letters = char.IsLetter(c) ? letters + 1 : 0;
            if (letters >= FormulaWord || c > '\u2E80')
                return false;
        }
        return true;
    }

    private static HashSet<string> Sample(HashSet<string> forms) =>
        forms.Count <= MaxFeatures ? forms : [.. forms.OrderBy(StableHash).ThenBy(static form => form, StringComparer.Ordinal).Take(MaxFeatures)];

    // FNV-1a: string.GetHashCode differs from process to process.
    private static uint StableHash(string form)
    {
        var hash = 2166136261u;
        foreach (var c in form)
            hash = unchecked((hash ^ c) * 16777619u);
        return hash;
    }

    private static (int Verdict, int Negations, HashSet<string> Negated) Polarity(Token[] tokens)
    {
        var verdict = tokens is [var first, ..] ? first.Form switch
        {
            "yes" or "true" or "correct" or "yeah" => 1,
            "no" or "false" or "incorrect"
            or "nope" => -1,
            _ => 0
        } : 0;
        var negations = 0;
        HashSet<string> negated = [];
        for (var i = verdict == 0 ? 0 : 1; i < tokens.Length; i++)
        {
            if (!tokens[i].IsNegation)
                continue;
            negations++;
            for (var j = i + 1; j < tokens.Length && j <= i + NegationReach; j++)
            {
                if (!tokens[j].IsStopWord && !tokens[j].IsNegation)
                    negated.Add(tokens[j].Form);
            }
        }
        return (verdict, negations, negated);
    }
}
