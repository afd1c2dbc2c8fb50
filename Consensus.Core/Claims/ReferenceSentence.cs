using Consensus.Core.Clustering;

namespace Consensus.Core.Claims;

/// <summary>A sentence of a text that claims are held against.</summary>
internal sealed class ReferenceSentence
{
    public ReferenceSentence(string sentence, Range span)
    {
        Tokens = [.. ClaimTokens.Of(sentence)];
        Span = span;
        Forms = Tokens.Select(static token => token.Form).ToHashSet(StringComparer.Ordinal);
        IsNegative = Tokens.Count(static token => token.IsNegation) % 2 == 1;
    }

    public Token[] Tokens { get; }

    /// <summary>Where it stands in the text.</summary>
    public Range Span { get; }

    public HashSet<string> Forms { get; }

    /// <summary>It denies an odd number of times.</summary>
    public bool IsNegative { get; }
}
