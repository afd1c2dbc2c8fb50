using Consensus.Core.Claims;

namespace Consensus.Core.Provenance;

/// <summary>Which texts hold each sentence of an answer, by their words (<see cref="ClaimMatcher"/>): what says the same in other words is not seen.</summary>
public static class AnswerAttribution
{
    /// <summary>The least support at which a text holds a sentence: it has more of the sentence's words than not, and nothing in it speaks against them.</summary>
    public const double LeastSupport = 0.6;

    /// <summary>The sentences of an answer in their order, each with the texts that hold it. What asserts nothing, such as a question, is held by none.</summary>
    /// <param name="answer">The final answer.</param>
    /// <param name="sources">The texts; their ids differ.</param>
    public static IReadOnlyList<AttributedSentence> Of(string answer, IReadOnlyList<AttributionSource> sources)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(sources);
        var weights = WordWeights.Of(sources.Select(static source => source.Text));
        var read = sources.Select(static source => (source.Id, Text: new ReferenceText(source.Text))).ToArray();
        return [.. ClaimSplitter.Split(answer).Select(claim => new AttributedSentence(claim.Start, claim.End, claim.IsCheckable ? Holders(claim.Text, read, weights) : []))];
    }

    private static Attribution[] Holders(string claim, (string Id, ReferenceText Text)[] sources, WordWeights weights) =>
    [
        .. sources.Select(source => (source.Id, Match: ClaimMatcher.Match(claim, source.Text, weights)))
            .Where(static found => found.Match.Objection == ClaimObjection.None && found.Match.Support >= LeastSupport)
            .OrderByDescending(static found => found.Match.Support)
            .Select(static found => new Attribution(found.Id, found.Match.Support, found.Match.Start, found.Match.End)),
    ];
}
