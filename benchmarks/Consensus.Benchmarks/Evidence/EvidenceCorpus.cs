using System.Text;

namespace Consensus.Benchmarks.Evidence;

/// <summary>Made-up documents of about ten passages, and questions: words drawn by Zipf's law, so that some are everywhere and most are rare.</summary>
internal sealed class EvidenceCorpus
{
    private const int Vocabulary = 20_000;
    private const int SentenceWords = 12;
    private const int DocumentCharacters = 7_500;
    private const int QueryWords = 6;

    private readonly Random _random;
    private readonly string[] _words;
    private readonly double[] _sums;

    public EvidenceCorpus(int seed, int passages, int queries)
    {
        _random = new Random(seed);
        _words = [.. Enumerable.Range(0, Vocabulary).Select(_ => Word())];
        _sums = new double[Vocabulary];
        for (var i = 0; i < Vocabulary; i++)
        {
            _sums[i] = (i == 0 ? 0 : _sums[i - 1]) + (1.0 / (i + 1));
        }

        Documents = [.. Enumerable.Range(0, Math.Max(1, passages / 10)).Select(_ => Document())];
        Queries = [.. Enumerable.Range(0, queries).Select(_ => string.Join(' ', Enumerable.Range(0, QueryWords).Select(_ => Draw())))];
    }

    public IReadOnlyList<string> Documents { get; }

    public IReadOnlyList<string> Queries { get; }

    private string Word()
    {
        var word = new StringBuilder();
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            word.Append("bdfgklmnprtvz"[_random.Next(13)]).Append("aeiou"[_random.Next(5)]);
        }

        return word.Append("nrlt"[_random.Next(4)]).ToString();
    }

    private string Draw()
    {
        var at = Array.BinarySearch(_sums, _random.NextDouble() * _sums[^1]);
        return _words[at < 0 ? ~at : at];
    }

    private string Document()
    {
        var text = new StringBuilder();
        while (text.Length < DocumentCharacters)
        {
            var sentence = string.Join(' ', Enumerable.Range(0, SentenceWords).Select(_ => Draw()));
            text.Append(char.ToUpperInvariant(sentence[0])).Append(sentence, 1, sentence.Length - 1).Append(_random.Next(8) == 0 ? ".\n\n" : ". ");
        }

        return text.ToString();
    }
}
