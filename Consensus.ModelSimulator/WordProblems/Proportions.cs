namespace Consensus.ModelSimulator.WordProblems;

/// <summary>The rule of three: <c>If 3 pens cost $6, how much do 5 pens cost?</c></summary>
internal static class Proportions
{
    public static Solution? Solve(Story story)
    {
        if (story.Count != 3 || story.Text.Contains(" each", StringComparison.Ordinal))
        {
            return null;
        }

        // The last number is of a kind with one of the first two; the other one is asked for.
        var last = story.Quantities[2];
        var alike = story.Quantities.Take(2).Where(q => q.Noun.Length > 0 && (q.Noun == last.Noun || last.Nouns.Contains(q.Noun) || q.Nouns.Contains(last.Noun))).ToList();
        if (alike.Count != 1 || last.Noun.Length == 0)
        {
            return null;
        }

        var other = story.Quantities[story.Quantities[0] == alike[0] ? 1 : 0];
        return other.Noun != last.Noun && story.AsksFor(other)
            ? new(other.Value * last.Value / alike[0].Value, $"{other.Value} / {alike[0].Value} * {last.Value}", other.Noun == "dollar")
            : null;
    }
}
