using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching.Reading;

namespace Consensus.Core.Evidence.Matching.Comparing;

/// <summary>A claim, read once, with what each of its terms weighs.</summary>
internal sealed class ReadClaim
{
    /// <summary>A number is the part of a claim that most often makes it wrong.</summary>
    private const double QuantityFactor = 2;

    private const double NameFactor = 1.5;

    public ReadClaim(string claim, WordWeights weights)
    {
        Text = claim.Trim();
        Said = StatementReader.Read(Text);
        Weights = [.. Said.Terms.Select(term => term.Quantity is not null ? QuantityFactor : weights.Of(term.Form) * (term.IsName ? NameFactor : 1))];
        Total = Weights.Sum();
    }

    public string Text { get; }

    public Statement Said { get; }

    public double[] Weights { get; }

    public double Total { get; }
}
