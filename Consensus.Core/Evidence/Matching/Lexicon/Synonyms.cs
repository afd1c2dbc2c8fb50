namespace Consensus.Core.Evidence.Matching.Lexicon;

/// <summary>Brings forms of a word, and words that say the same, to one key.</summary>
internal static class Synonyms
{
    private static readonly Dictionary<string, string> KeyOf = new(StringComparer.Ordinal);
    private static readonly HashSet<(string, string)> Opposed = [];
    private static readonly Dictionary<string, int> KindOf = new(StringComparer.Ordinal);

    static Synonyms()
    {
        // Words first, then what is left of them: "found" is no form of "founded".
        foreach (var stem in new[] { static (string word) => word, EnglishStem.Of })
        {
            foreach (var words in SynonymGroups.All.Select(static group => group.Split(' ')))
            {
                foreach (var word in words)
                {
                    KeyOf.TryAdd(stem(word), EnglishStem.Of(words[0]));
                }
            }
        }

        foreach (var (left, right) in SynonymGroups.Opposites.SelectMany(static pair => from left in pair.Left.Split(' ') from right in pair.Right.Split(' ') select (left, right)))
        {
            Opposed.Add((Key(left), Key(right)));
            Opposed.Add((Key(right), Key(left)));
        }

        for (var kind = 0; kind < SynonymGroups.Kinds.Length; kind++)
        {
            foreach (var word in SynonymGroups.Kinds[kind].Split(' '))
            {
                KindOf.TryAdd(Key(word), kind);
            }
        }
    }

    /// <summary>The key of a folded word.</summary>
    public static string Key(string form) =>
        KeyOf.TryGetValue(form, out var key) || KeyOf.TryGetValue(EnglishStem.Of(form), out key) ? key : EnglishStem.Of(form);

    /// <summary>Whether it is one of the everyday words.</summary>
    public static bool IsKnown(string form) => KeyOf.ContainsKey(form) || KeyOf.ContainsKey(EnglishStem.Of(form));

    /// <summary>Whether one of two words says the opposite of the other.</summary>
    public static bool AreOpposite(string leftForm, string rightForm) =>
        Opposed.Contains((Key(leftForm), Key(rightForm))) || Clustering.Words.AreOpposite(leftForm, rightForm);

    /// <summary>Whether two words name different things of one kind, of which there is only one at a time: colours, materials, days.</summary>
    public static bool AreAlternatives(string leftKey, string rightKey) =>
        leftKey != rightKey && KindOf.TryGetValue(leftKey, out var left) && KindOf.TryGetValue(rightKey, out var right) && left == right;
}
