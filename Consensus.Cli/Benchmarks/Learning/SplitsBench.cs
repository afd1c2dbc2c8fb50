using Consensus.Contracts.Benchmarks;
using Consensus.Core.Fitting;

namespace Consensus.Cli.Benchmarks.Learning;

/// <summary>Fits on random parts of a suite and tests on others, the splits side by side on all cores.</summary>
internal static class SplitsBench
{
    /// <summary>The targets for which abstention is measured.</summary>
    public static IReadOnlyList<double> Targets { get; } = [0.05, 0.1, 0.2];

    /// <summary>Measures. Split k is dealt by the seed k, from 1 on.</summary>
    /// <param name="votes">The suite.</param>
    /// <param name="halves">How many half splits.</param>
    /// <param name="thirds">How many splits into thirds, for abstention.</param>
    /// <param name="tell">Told of how many splits are done.</param>
    /// <param name="cancellationToken">Stops between two splits.</param>
    /// <exception cref="InvalidDataException">The suite has too few questions.</exception>
    public static SplitsReport Run(SuiteVotes votes, int halves, int thirds, Action<int> tell, CancellationToken cancellationToken)
    {
        var done = 0;
        try
        {
            var half = Measure(halves, seed => HalfSplitFigures.Of(votes.Questions, votes.Kind, seed));
            var third = Measure(thirds, seed => AbstentionSplitFigures.Of(votes.Questions, votes.Kind, Targets, seed));
            return new SplitsReport
            {
                Suite = votes.Suite.Name,
                DataSha256 = votes.Suite.DataSha256,
                Items = votes.Questions.Count,
                Splits = halves,
                Adopted = half.Average(static h => h.Adopted),
                Learned = half.Average(static h => h.Learned),
                Plurality = half.Average(static h => h.Plurality),
                BestSingle = half.Average(static h => h.BestSingle),
                LearnedAuroc = half.Average(static h => h.LearnedAuroc),
                ShareAuroc = half.Average(static h => h.ShareAuroc),
                LearnedCalibration = Calibration(half.Average(static h => h.LearnedError), half.Average(static h => h.LearnedLimit)),
                MajorityCalibration = Calibration(half.Average(static h => h.MajorityError), half.Average(static h => h.MajorityLimit)),
                MajorityRawError = half.Average(static h => h.MajorityRawError),
                Abstention = third.Length == 0 ? [] : [.. Targets.Select((target, t) => Abstention(target, [.. third.Select(split => split[t])]))],
            };
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<ArgumentException>().FirstOrDefault() is { } few)
        {
            throw new InvalidDataException($"{votes.Suite.Name}: {few.Message}", few);
        }

        T[] Measure<T>(int count, Func<ulong, T> split) =>
        [
            .. Enumerable.Range(1, count).AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(seed =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var figures = split((ulong)seed);
                tell(Interlocked.Increment(ref done));
                return figures;
            }),
        ];
    }

    private static SplitCalibration Calibration(double error, double limit) => new(error, limit, limit == 0 ? 0 : error / limit);

    private static SplitAbstention Abstention(double target, AbstentionSplitFigures[] splits) => new(
        target, splits.Length, splits.Average(static s => s.Held ? 1.0 : 0), splits.Average(static s => s.Certified ? 1.0 : 0),
        splits.Average(static s => s.Coverage), splits.Average(static s => s.Error));
}
