using Consensus.Core.Answers;

namespace Consensus.Core.Clustering;

/// <summary>The similarity of each pair of a set of answers of one kind, in [0, 1].</summary>
internal sealed class Similarity
{
    private readonly int[] _place;
    private readonly int[] _copies;
    private readonly double[,] _values;

    private Similarity(int[] place, int[] copies, double[,] values)
    {
        _place = place;
        _copies = copies;
        _values = values;
    }

    /// <summary>How many distinct answers there are.</summary>
    public int Distinct => _copies.Length;

    /// <summary>Compares answers: free text lexically, numbers by their distance within the set's range, the rest by equality.</summary>
    /// <remarks>Equal keys are compared once. Distinct answers are numbered in the order of their keys, whatever the order of the answers.</remarks>
    public static Similarity Of(IReadOnlyList<Answer> answers)
    {
        var distinct = answers.OrderBy(static answer => answer.Key, StringComparer.Ordinal)
            .ThenBy(static answer => answer.Text, StringComparer.Ordinal)
            .DistinctBy(static answer => answer.Key)
            .ToArray();
        var places = distinct.Select(static (answer, i) => (answer.Key, i)).ToDictionary(StringComparer.Ordinal);
        int[] place = [.. answers.Select(answer => places[answer.Key])];
        var copies = new int[distinct.Length];
        foreach (var p in place)
            copies[p]++;
        return new Similarity(place, copies, Compare(distinct, Pairwise(distinct)));
    }

    /// <summary>The number of the distinct answer that an answer is.</summary>
    public int PlaceOf(int index) => _place[index];

    /// <summary>How many answers have the same key as this one, itself included.</summary>
    public int CopiesOf(int index) => _copies[_place[index]];

    /// <summary>The similarity of two distinct answers, or <see cref="TextSimilarity.Apart"/>.</summary>
    public double Between(int left, int right) => _values[left, right];

    /// <summary>The mean similarity of an answer to the others; rounded, so that the order of summing does not show.</summary>
    public double MeanToOthers(int index)
    {
        var sum = 0.0;
        for (var other = 0; other < _copies.Length; other++)
            sum += Math.Max(0, _values[_place[index], other]) * (_copies[other] - (other == _place[index] ? 1 : 0));
        return Math.Round(sum / (_place.Length - 1), 12);
    }

    private static Func<int, int, double> Pairwise(Answer[] distinct)
    {
        switch (distinct[0].Kind)
        {
            case AnswerKind.Text:
                var features = Array.ConvertAll(distinct, static answer => new TextFeatures(answer));
                return (i, j) => TextSimilarity.Of(features[i], features[j]);
            case AnswerKind.Number:
                var range = distinct.Max(static answer => answer.Number) - distinct.Min(static answer => answer.Number);
                return (i, j) => range > 0 && double.IsFinite(range) ? 1 - (Math.Abs(distinct[i].Number - distinct[j].Number) / range) : 1;
            default:
                return static (_, _) => 0;
        }
    }

    private static double[,] Compare(Answer[] distinct, Func<int, int, double> pairwise)
    {
        var values = new double[distinct.Length, distinct.Length];
        for (var i = 0; i < distinct.Length; i++)
        {
            values[i, i] = 1;
            for (var j = 0; j < i; j++)
                values[i, j] = values[j, i] = pairwise(j, i);
        }
        return values;
    }
}
