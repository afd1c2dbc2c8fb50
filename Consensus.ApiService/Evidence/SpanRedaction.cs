using System.Text;
using Consensus.Core.Privacy;

namespace Consensus.ApiService.Evidence;

/// <summary>A text without personal data, and where in it places of the original are now.</summary>
internal sealed class SpanRedaction
{
    private readonly Dictionary<int, int> _moved;

    private SpanRedaction(string text, Dictionary<int, int> moved) => (Text, _moved) = (text, moved);

    /// <summary>The text as it may be stored.</summary>
    public string Text { get; }

    /// <summary>Redacts a text piece by piece, cut where the places begin and end, so that it is known where each piece went.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Places in it; they may overlap.</param>
    public static SpanRedaction Of(string text, IReadOnlyList<(int Start, int End)> places)
    {
        var whole = Redactor.Redact(text);
        int[] cuts = [.. places.SelectMany(static place => new[] { place.Start, place.End }).Append(0).Append(text.Length).Distinct().Order()];
        if (whole == text)
        {
            return new SpanRedaction(text, cuts.ToDictionary(static cut => cut));
        }

        var pieces = new StringBuilder();
        var moved = new Dictionary<int, int> { [0] = 0 };
        for (var i = 1; i < cuts.Length; i++)
        {
            pieces.Append(Redactor.Redact(text[cuts[i - 1]..cuts[i]]));
            moved[cuts[i]] = pieces.Length;
        }

        // What lies across a cut is found in the whole alone: then no place can be told.
        return Redactor.Redact(pieces.ToString()) == pieces.ToString()
            ? new SpanRedaction(pieces.ToString(), moved)
            : new SpanRedaction(whole, cuts.ToDictionary(static cut => cut, static _ => 0));
    }

    /// <summary>Where a place is now; empty at the beginning when that cannot be told.</summary>
    public (int Start, int End) Moved(int start, int end) => (_moved[start], _moved[end]);
}
