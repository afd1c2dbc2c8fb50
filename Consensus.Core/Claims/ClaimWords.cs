using Consensus.Core.Clustering;

namespace Consensus.Core.Claims;

/// <summary>What of a claim is looked for in texts.</summary>
internal sealed class ClaimWords
{
    /// <summary>A number is the part of a claim that most often makes it wrong.</summary>
    private const double NumberFactor = 2;

    public ClaimWords(string claim, WordWeights weights)
    {
        Token[] tokens = [.. ClaimTokens.Of(claim)];
        var content = tokens.Where(ClaimTokens.IsContent).DistinctBy(static token => token.Form, StringComparer.Ordinal).ToArray();
        Tokens = content.Length > 0 ? content : [.. tokens.DistinctBy(static token => token.Form, StringComparer.Ordinal)];
        Weights = Array.ConvertAll(Tokens, token => weights.Of(token.Form) * (ClaimTokens.IsNumeric(token) ? NumberFactor : 1));
        TotalWeight = Weights.Sum();
        Forms = [.. tokens.Select(static token => token.Form)];
        IsNegative = tokens.Count(static token => token.IsNegation) % 2 == 1;
    }

    /// <summary>The distinct content words; of a claim that has none, all its words.</summary>
    public Token[] Tokens { get; }

    /// <summary>One a content word.</summary>
    public double[] Weights { get; }

    public double TotalWeight { get; }

    /// <summary>The forms of all words.</summary>
    public HashSet<string> Forms { get; }

    /// <summary>It denies an odd number of times.</summary>
    public bool IsNegative { get; }

    /// <summary>The sum of a value of each content word, weighted.</summary>
    public double Weigh(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += Weights[i] * values[i];
        }

        return sum;
    }
}
