using Consensus.Contracts.Benchmarks;
using Consensus.Core.Evaluation;

namespace Consensus.Cli.Benchmarks.Claims;

/// <summary>The gain of the signal over the plain baseline, its interval by the bootstrap over questions: claims of one question resemble each other.</summary>
internal static class GainByQuestion
{
    private const int Replicates = 2_000;
    private const ulong Seed = 1;

    /// <summary>The steps it takes: the replicates, and the gain itself.</summary>
    public const int StepCount = Replicates + 1;

    public static MeasuredGain Of(ScoredResponse[] responses, Steps steps)
    {
        // In the order of their ids, so that the order of the rows does not show.
        var ordered = responses.OrderBy(static response => response.Item.QuestionId, StringComparer.Ordinal)
            .ThenBy(static response => response.Item.Id, StringComparer.Ordinal).ToArray();
        string[] questions = [.. ordered.SelectMany(static response => response.Signal.Select(_ => response.Item.QuestionId))];
        double[] signal = [.. ordered.SelectMany(static response => response.Signal)];
        double[] baseline = [.. ordered.SelectMany(static response => response.Baseline)];
        bool[] labels = [.. ordered.SelectMany(static response => response.IsUnsupported)];
        var gain = PairedBootstrap.Clustered(questions, Difference, Replicates, Seed);
        return new MeasuredGain(Math.Round(gain.Point, 6), Math.Round(gain.Low, 6), Math.Round(gain.High, 6), Replicates);

        // Where only one label is drawn there is no area.
        double Difference(ReadOnlySpan<int> drawn)
        {
            var truths = At(labels, drawn);
            var difference = Auroc.Of(At(signal, drawn), truths) - Auroc.Of(At(baseline, drawn), truths) ?? double.NaN;
            steps.Done();
            return difference;
        }
    }

    private static T[] At<T>(T[] values, ReadOnlySpan<int> places)
    {
        var chosen = new T[places.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = values[places[i]];
        }

        return chosen;
    }
}
