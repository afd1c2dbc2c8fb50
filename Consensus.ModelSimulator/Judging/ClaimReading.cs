using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Judging;

/// <summary>Holds a claim against sources by their words: a script's notion of support.</summary>
internal static partial class ClaimReading
{
    private const double EnoughWords = 0.6;

    /// <summary>Above 0 when the sources bear the claim out, below when they speak against it, 0 when they say too little.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="sources">The sources with how often each was written.</param>
    public static int Verdict(string claim, IEnumerable<(string Text, int Times)> sources) => Math.Sign(sources.Sum(source => source.Times * Of(claim, source.Text)));

    // It has most words of the claim, or one of the two has none, and the number that the claim comes to; or other numbers in its place.
    private static int Of(string claim, string source)
    {
        var (words, numbers) = Parts(claim);
        var (others, otherNumbers) = Parts(source);
        var isAlike = words.Count == 0 || others.Count == 0 || words.Count(others.Contains) >= EnoughWords * words.Count;
        return !isAlike || (words.Count == 0 && numbers.Count == 0) ? 0
            : numbers.Count == 0 ? (others.Count > 0 ? 1 : 0)
            : otherNumbers.Contains(numbers[^1]) ? 1 : otherNumbers.Count > 0 ? -1 : 0;
    }

    private static (HashSet<string> Words, List<string> Numbers) Parts(string text)
    {
        var tokens = Token().Matches(text).Select(match => match.Value.TrimEnd('.', ',').ToLowerInvariant()).ToArray();
        return (
            [.. tokens.Where(token => token.Length > 3 && !char.IsAsciiDigit(token[0]))],
            [.. tokens.Where(token => char.IsAsciiDigit(token[0])).Select(token => token.Replace(",", "", StringComparison.Ordinal))]);
    }

    [GeneratedRegex(@"[0-9][0-9.,]*|\p{L}+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
