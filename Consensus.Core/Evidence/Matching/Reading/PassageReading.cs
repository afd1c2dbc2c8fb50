using Consensus.Core.Claims;

namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>What the sentences of a passage say, and what was spoken of before each.</summary>
internal sealed class PassageReading
{
    /// <summary>Before the first sentence.</summary>
    private const int Title = -1;

    private readonly Dictionary<string, int> _firstOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _sentencesOf = new(StringComparer.Ordinal);

    public PassageReading(ReferenceText text, string? title)
    {
        if (title is not null)
        {
            Post(StatementReader.Read(title), Title);
        }

        Sentences = [.. text.InSentences.Select(sentence => StatementReader.Read(text.Text[sentence.Span]))];
        for (var i = 0; i < Sentences.Count; i++)
        {
            Post(Sentences[i], i);
        }
    }

    public IReadOnlyList<Statement> Sentences { get; }

    /// <summary>Whether a word stands in the title or a sentence before one.</summary>
    public bool IsKnownBefore(Term term, int sentence) =>
        (_firstOf.TryGetValue(term.Key, out var first) && first < sentence) || (_firstOf.TryGetValue(term.Form, out first) && first < sentence);

    /// <summary>The sentences that share most words with a claim, in their order.</summary>
    public IEnumerable<int> Nearest(Statement claim, int most)
    {
        if (Sentences.Count <= most)
        {
            return Enumerable.Range(0, Sentences.Count);
        }

        Dictionary<int, int> shared = [];
        foreach (var key in claim.Terms.Where(static term => term.Quantity is null).Select(static term => term.Key).Distinct(StringComparer.Ordinal))
        {
            foreach (var sentence in _sentencesOf.GetValueOrDefault(key) ?? [])
            {
                shared[sentence] = shared.GetValueOrDefault(sentence) + 1;
            }
        }

        return shared.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key).Take(most).Select(static pair => pair.Key).Order();
    }

    private void Post(Statement statement, int sentence)
    {
        foreach (var term in statement.Terms.Where(static term => term.Quantity is null))
        {
            _firstOf.TryAdd(term.Key, sentence);
            _firstOf.TryAdd(term.Form, sentence);
            if (sentence == Title)
            {
                continue;
            }

            if (!_sentencesOf.TryGetValue(term.Key, out var sentences))
            {
                _sentencesOf[term.Key] = sentences = [];
            }

            if (sentences.Count == 0 || sentences[^1] != sentence)
            {
                sentences.Add(sentence);
            }
        }
    }
}
