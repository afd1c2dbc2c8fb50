using Consensus.Core.Learning;

namespace Consensus.Core.Reliability;

/// <summary>K_eff, the effective number of wrong alternatives, from labelled questions.</summary>
/// <param name="Value">K_eff = 1 + 1/P(two wrong models give the same wrong answer), greater than 2.</param>
/// <param name="Pairs">How many pairs of wrong answers were compared.</param>
/// <param name="Same">How many of them were the same answer.</param>
/// <remarks>
/// P is estimated as (same + ½) / (pairs + 1), the posterior mean under Jeffreys' prior, so that no sample gives a division by nought. The birthday estimate of an
/// effective number of equally likely alternatives: its reciprocal is Simpson's (1949) index of concentration.
/// </remarks>
public sealed record EffectiveAlternativesEstimate(double Value, int Pairs, int Same)
{
    /// <summary>Counts all pairs of models that were both wrong with an answer. Samples of the same model are not compared.</summary>
    public static EffectiveAlternativesEstimate Of(IReadOnlyList<LabelledVotes> questions)
    {
        var (pairs, same) = (0, 0);
        foreach (var (panel, right) in questions)
        {
            var wrong = panel.Votes.Where(v => v.Cluster >= 0 && v.Cluster != right).ToArray();
            for (var i = 0; i < wrong.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (wrong[i].Model != wrong[j].Model)
                    {
                        pairs++;
                        same += wrong[i].Cluster == wrong[j].Cluster ? 1 : 0;
                    }
                }
            }
        }

        return new EffectiveAlternativesEstimate(1 + ((pairs + 1) / (same + 0.5)), pairs, same);
    }
}
