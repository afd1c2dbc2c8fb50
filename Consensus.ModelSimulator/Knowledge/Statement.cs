using Consensus.ModelSimulator.Answering;

namespace Consensus.ModelSimulator.Knowledge;

/// <summary>That something is the answer to what a fact asks, rightly or wrongly.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Truth">Whether it is so.</param>
/// <param name="Subject">What the fact is about; empty where it is not of a relation.</param>
/// <param name="Name">What is said to be the answer.</param>
/// <param name="Roles">The words by which the two are told apart.</param>
internal sealed record Statement(Problem Fact, bool Truth, string Subject, string Name, Roles Roles)
{
    /// <summary>
    /// Whether the text gives the answer the place of the subject, as <c>France is the capital of Paris</c> does: its words are those of the statement, what it says is not.
    /// </summary>
    public bool IsTurnedRoundIn(string text)
    {
        var words = WordBag.Lemmas(text);
        return Follows(words, Name, Roles.BeforeSubject) || Follows(words, Subject, Roles.BeforeAnswer);
    }

    private static bool Follows(IReadOnlyList<string> words, string name, IReadOnlySet<string> markers)
    {
        var sought = WordBag.Lemmas(name);
        for (var start = 1; sought.Count > 0 && start + sought.Count <= words.Count; start++)
        {
            if (sought.SequenceEqual(words.Skip(start).Take(sought.Count)) && markers.Contains(words[start - 1]))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The words that stand before the subject of a relation and before its answer, as <c>of</c> and <c>by</c> do.</summary>
internal sealed record Roles(IReadOnlySet<string> BeforeSubject, IReadOnlySet<string> BeforeAnswer)
{
    /// <summary>Those of a fact by itself: its answer is never of anything.</summary>
    public static Roles Single { get; } = new(new HashSet<string>(StringComparer.Ordinal) { "of" }, new HashSet<string>(StringComparer.Ordinal));

    public static Roles Of(Relation relation) => new(
        relation.Ask.Select(ask => Before(ask, "{0}")).Append("of").OfType<string>().ToHashSet(StringComparer.Ordinal),
        new[] { Before(relation.Say, "{1}") }.OfType<string>().Where(word => word is not ("is" or "was")).ToHashSet(StringComparer.Ordinal));

    private static string? Before(string template, string place)
    {
        var at = template.IndexOf(place, StringComparison.Ordinal);
        return at >= 0 && WordBag.Lemmas(template[..at]) is [.., var word] ? word : null;
    }
}
