using Consensus.Contracts.Evidence;
using Consensus.Core.Claims;

namespace Consensus.ApiService.Evidence;

/// <summary>Passages that claims are held against, read once.</summary>
internal sealed class PassageSet
{
    private readonly ILookup<int, int> _places;

    /// <param name="passages">The passages with their texts, numbered from 1 in their order.</param>
    /// <param name="documents">How many documents a mark such as <c>[1]</c> can name; <c>null</c>: marks name passages.</param>
    /// <param name="others">Other texts about the same, to learn from how telling each word is.</param>
    public PassageSet(IReadOnlyList<EvidencePassage> passages, int? documents, IEnumerable<string> others)
    {
        Passages = passages;
        Texts = [.. passages.Select(static passage => new ReferenceText(passage.Text!, passage.Title))];
        Weights = WordWeights.Of(passages.Select(static passage => passage.Text!).Concat(others));
        MostCited = documents ?? passages.Count;
        // A stored document has no number that a mark could have named.
        _places = passages.Select((passage, place) => (Number: documents is null ? passage.Number : passage.Document, Place: place))
            .Where(static pair => pair.Number is not null).ToLookup(static pair => pair.Number!.Value, static pair => pair.Place);
    }

    public IReadOnlyList<EvidencePassage> Passages { get; }

    public IReadOnlyList<ReferenceText> Texts { get; }

    public WordWeights Weights { get; }

    /// <summary>The highest number that a mark can name.</summary>
    public int MostCited { get; }

    /// <summary>The places, from 0, of the passages that a mark names.</summary>
    public IEnumerable<int> Cited(int mark) => _places[mark];
}
