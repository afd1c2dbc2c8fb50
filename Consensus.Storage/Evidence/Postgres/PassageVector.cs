using System.Globalization;
using System.Text;
using Consensus.Storage.Evidence.Searching;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>The words of a passage as PostgreSQL indexes them: a <c>tsvector</c>, and what it does not say.</summary>
/// <param name="Text">The vector as it is written, each word with its places.</param>
/// <param name="Length">How many words it has; of what stands at one place one counts.</param>
/// <param name="Words">How many it has with those.</param>
/// <param name="Lexemes">The words that differ, as they stand in the vector.</param>
internal readonly record struct PassageVector(string Text, int Length, int Words, IReadOnlyList<string> Lexemes)
{
    /// <summary>The last place that a vector can say; what stands behind it stands there.</summary>
    private const int LastPlace = 16_383;

    /// <summary>The vector of a passage.</summary>
    /// <param name="collection">The number of its collection.</param>
    /// <param name="title">Found like the text.</param>
    /// <param name="text">What it says.</param>
    public static PassageVector Of(long collection, string? title, string text)
    {
        var (vector, words, places, lexemes) = (new StringBuilder(), 0, new HashSet<int>(), new List<string>());
        foreach (var (word, at) in PassageAnalysis.PlacesOf(PassageSearch.Searched(title, text)))
        {
            lexemes.Add(Lexeme(collection, word));
            Append(vector, lexemes[^1]).Append(':').AppendJoin(',', at.Select(static place => Math.Min(place, LastPlace)));
            words += at.Count;
            places.UnionWith(at);
        }

        return new PassageVector(vector.ToString(), places.Count, words, lexemes);
    }

    /// <summary>A word of a collection as it stands in a vector.</summary>
    public static string Lexeme(long collection, string word) => string.Create(CultureInfo.InvariantCulture, $"{collection}/{word}");

    /// <summary>What the words of a collection are between: they come after the one, and before the other.</summary>
    public static (string From, string To) Range(long collection) =>
        (string.Create(CultureInfo.InvariantCulture, $"{collection}/"), string.Create(CultureInfo.InvariantCulture, $"{collection}{(char)('/' + 1)}"));

    /// <summary>A query for any of some words.</summary>
    public static string Any(IEnumerable<string> lexemes)
    {
        var query = new StringBuilder();
        foreach (var lexeme in lexemes)
        {
            Append(query.Append(query.Length == 0 ? "" : "|"), lexeme);
        }

        return query.ToString();
    }

    private static StringBuilder Append(StringBuilder text, string lexeme) => text.Append(" '")
        .Append(lexeme.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)).Append('\'');
}
