using System.Diagnostics;
using System.Globalization;
using Consensus.Storage.Evidence.Searching;
using Consensus.Storage.Telemetry;

namespace Consensus.Storage.Evidence;

/// <summary>Searches passages that come with a request. They are ranked as stored ones are.</summary>
public static class PassageSearch
{
    /// <summary>The name of the search by words.</summary>
    public const string Bm25 = "bm25";

    /// <summary>The name of the search by words and vectors.</summary>
    public const string Hybrid = "bm25+embeddings";

    /// <summary>What a passage is found by: the title of its document and its text.</summary>
    internal static string Searched(string? title, string text) => title is null ? text : title + "\n" + text;

    /// <summary>The passages that have words of a query, the most relevant first; equal ones in the order given.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="query">Words, in any script; of a text that is too long the first ones count.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<RankedPassage> Rank(IReadOnlyList<Passage> passages, string query, int most)
    {
        var began = Stopwatch.GetTimestamp();
        using var index = new PassageIndex();
        for (var i = 0; i < passages.Count; i++)
        {
            index.Add(i.ToString("D9", CultureInfo.InvariantCulture), passages[i].Title, [(0, passages[i].Text)]);
        }

        var found = index.Search(query, most)!;
        EvidenceMetrics.Searched(began, isStored: false, isDone: true);
        return [.. found.Select(place => new RankedPassage(passages[int.Parse(place.Document, CultureInfo.InvariantCulture)], place.Score))];
    }
}
