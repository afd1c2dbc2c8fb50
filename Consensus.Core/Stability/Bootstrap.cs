using Consensus.Core.Deciding;
using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;
using MathNet.Numerics;

namespace Consensus.Core.Stability;

/// <summary>
/// Resamples the panel with replacement and decides each resampled panel: how probable is another winner, and how far do agreement and entropy spread? Panels with
/// few enough distinct resamples are enumerated with their multinomial probabilities, the others are drawn with a seed that depends on the votes alone.
/// </summary>
/// <remarks>
/// The nonparametric bootstrap of Efron (1979), "Bootstrap Methods: Another Look at the Jackknife"; enumerated as in Fisher and Hall (1991), "Bootstrap algorithms
/// for small samples". Models with several samples are drawn whole (Davison and Hinkley 1997, section 3.8). Candidates without a vote are drawn like others: they are
/// part of what the panel is. The clusters stay as they are.
/// </remarks>
internal static class Bootstrap
{
    /// <summary>How many panels are drawn where there are too many to enumerate.</summary>
    public const int Replicates = 1000;

    /// <summary>The most distinct resamples that are enumerated.</summary>
    public const int MostEnumerated = 5000;

    public static BootstrapReport Measure(
        DecisionPolicy policy, Ballot ballot, Tally tally, DecisionOutcome outcome, DecisionInput input, int mostEnumerated = MostEnumerated)
    {
        var units = PanelUnits.Of(ballot, input.Candidates);
        var panel = new ResampledPanel(policy, ballot, tally, outcome, input.MinResponses, units);
        if (!IsEnumerable(units.Count, units.Multiplicities.Length, mostEnumerated))
        {
            Draw(units, panel);
            return panel.Report(ProportionInterval.Wilson(panel.FlipProbability * Replicates, Replicates), Replicates);
        }

        Enumerate(units, panel);
        return panel.Report(monteCarloInterval: null, replicates: null);
    }

    // C(n + T − 1, T − 1): the ways to share n draws among T types.
    private static bool IsEnumerable(int draws, int types, int most)
    {
        var ways = 1.0;
        for (var i = 1; i < types && ways <= most; i++)
        {
            ways *= (draws + i) / (double)i;
        }

        return ways <= most;
    }

    private static void Enumerate(PanelUnits units, ResampledPanel panel)
    {
        var counts = new int[units.Multiplicities.Length];
        var logShares = Array.ConvertAll(units.Multiplicities, m => Math.Log((double)m / units.Count));
        Share(0, units.Count, SpecialFunctions.FactorialLn(units.Count));

        // Gives the remaining draws to the types from this one on, in every way.
        void Share(int type, int remaining, double logProbability)
        {
            if (type == counts.Length - 1)
            {
                counts[type] = remaining;
                panel.Add(counts, Math.Exp(logProbability + (remaining * logShares[type]) - SpecialFunctions.FactorialLn(remaining)));
                return;
            }

            for (var count = 0; count <= remaining; count++)
            {
                counts[type] = count;
                Share(type + 1, remaining - count, logProbability + (count * logShares[type]) - SpecialFunctions.FactorialLn(count));
            }
        }
    }

    private static void Draw(PanelUnits units, ResampledPanel panel)
    {
        int[] typeOf = [.. units.Multiplicities.SelectMany((m, type) => Enumerable.Repeat(type, m))];
        var counts = new int[units.Multiplicities.Length];
        var random = new SeededRandom(units.Seed());
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            Array.Clear(counts);
            for (var draw = 0; draw < typeOf.Length; draw++)
            {
                counts[typeOf[random.Next(typeOf.Length)]]++;
            }

            panel.Add(counts, 1);
        }
    }
}
