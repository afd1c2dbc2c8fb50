using Consensus.Contracts.Benchmarks;
using Consensus.Core.Evaluation;
using Consensus.Core.Numerics;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary>The gain of the signal over the plain baseline, its interval by the percentile bootstrap over questions.</summary>
internal static class GainByQuestion
{
    private const int Replicates = 2_000;
    private const ulong Seed = 1;

    public static MeasuredGain Of(ScoredResponse[] responses)
    {
        // In the order of their ids, so that the order of the rows does not show.
        ScoredResponse[][] questions = [.. responses.GroupBy(static response => response.Item.QuestionId, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => group.ToArray())];
        var random = new SeededRandom(Seed);
        List<double> gains = [];
        for (var i = 0; i < Replicates; i++)
        {
            if (Difference([.. questions.SelectMany(_ => questions[random.Next(questions.Length)])]) is { } gain)
            {
                gains.Add(gain);
            }
        }

        gains.Sort();
        return new MeasuredGain(Math.Round(Difference(responses)!.Value, 6), Quantile(gains, 0.025), Quantile(gains, 0.975), gains.Count);
    }

    private static double? Difference(ScoredResponse[] responses)
    {
        bool[] labels = [.. responses.SelectMany(static response => response.IsUnsupported)];
        return Auroc.Of([.. responses.SelectMany(static response => response.Signal)], labels)
            - Auroc.Of([.. responses.SelectMany(static response => response.Baseline)], labels);
    }

    private static double Quantile(List<double> sorted, double share) => Math.Round(sorted[(int)(share * (sorted.Count - 1))], 6);
}
