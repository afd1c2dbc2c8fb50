using System.Globalization;
using Consensus.Storage.Evidence.Searching;
using Npgsql;

namespace Consensus.Storage.Evidence.Postgres;

/// <summary>
/// Searches a collection: the index finds passages that have words of the query, the rarest first, and they are ranked here, by BM25. Words that are left are
/// not looked for once they alone could bring no other passage among the first (Turtle and Flood 1995, "Query Evaluation: Strategies and Optimizations",
/// there "max-score"): what is found is what a look at every passage would find.
/// </summary>
/// <param name="connection">A connection in a transaction that sees one state.</param>
/// <param name="collection">The collection's number.</param>
/// <param name="passages">How many passages it has.</param>
/// <param name="words">How many words these have together.</param>
internal sealed class PassageSearcher(NpgsqlConnection connection, long collection, long passages, long words)
{
    /// <summary>Passages that are fetched before a look at whether more are needed, as long as there are rare words.</summary>
    private const int AtOnce = 500;

    private readonly float _mean = (float)(words / (double)passages);
    private readonly Dictionary<int, float> _norms = [];
    private readonly List<PassagePlace> _found = [];

    /// <summary>The places that have words of a query: by their scores, then by document and place.</summary>
    public IReadOnlyList<PassagePlace> Search(string query, int most)
    {
        var asked = PassageAnalysis.WordsOf(query);
        if (most < 1 || asked.Count == 0 || passages == 0)
        {
            return [];
        }

        var rarest = Count(asked);
        var weights = rarest.ToDictionary(static word => word.Lexeme, word => Bm25.Weight(passages, word.Having), StringComparer.Ordinal);
        for (var done = 0; done < rarest.Length && !Suffice(most, rarest[done..].Sum(word => weights[word.Lexeme]));)
        {
            var (from, rows) = (done, 0L);
            while (done < rarest.Length && (done == from || rows + rarest[done].Having <= AtOnce))
            {
                rows += rarest[done++].Having;
            }

            Fetch(rarest[from..done], rarest[..from], weights.GetAlternateLookup<ReadOnlySpan<char>>());
        }

        return [.. Ranked().Take(most)];
    }

    /// <summary>Whether enough are found that passages with nothing but the words that are left cannot come among them.</summary>
    private bool Suffice(int most, double rest) => _found.Count >= most && Ranked().ElementAt(most - 1).Score > rest;

    private IOrderedEnumerable<PassagePlace> Ranked() =>
        _found.OrderByDescending(static place => place.Score).ThenBy(static place => place.Document, StringComparer.Ordinal).ThenBy(static place => place.Start);

    /// <summary>How many passages have each word, as far as any has it; the rarest first.</summary>
    private (string Lexeme, long Having)[] Count(IReadOnlyList<string> asked)
    {
        using var command = new NpgsqlCommand("SELECT word, passages FROM evidence.words WHERE word = ANY(@words)", connection);
        command.Parameters.AddWithValue("words", asked.Select(word => PassageVector.Lexeme(collection, word)).ToArray());
        var counts = new List<(string Lexeme, long Having)>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            counts.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return [.. counts.OrderBy(static word => word.Having).ThenBy(static word => word.Lexeme, StringComparer.Ordinal)];
    }

    private void Fetch(
        IEnumerable<(string Lexeme, long Having)> any, IEnumerable<(string Lexeme, long Having)> none,
        Dictionary<string, float>.AlternateLookup<ReadOnlySpan<char>> weights)
    {
        var not = PassageVector.Any(none.Select(static word => word.Lexeme));
        using var command = new NpgsqlCommand(
            "SELECT document, first_character, length, tsvectorsend(words) FROM evidence.passages WHERE words @@ @any::tsquery"
                + (not.Length == 0 ? "" : " AND NOT words @@ @none::tsquery"),
            connection);
        command.Parameters.AddWithValue("any", PassageVector.Any(any.Select(static word => word.Lexeme)));
        command.Parameters.AddWithValue("none", not);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var score = VectorScore.Of(reader.GetFieldValue<byte[]>(3), weights, Norm(reader.GetInt32(2)));
            _found.Add(new PassagePlace(reader.GetGuid(0).ToString("N", CultureInfo.InvariantCulture), reader.GetInt32(1), (float)score));
        }
    }

    private float Norm(int length)
    {
        if (!_norms.TryGetValue(length, out var norm))
        {
            _norms[length] = norm = Bm25.Norm(length, _mean);
        }

        return norm;
    }
}
