namespace Consensus.Core.Reliability;

/// <summary>A confusion matrix a worker: the model of the paper itself.</summary>
internal sealed class DawidSkeneConfusion(IReadOnlyList<DawidSkeneVote> votes, IReadOnlyList<int?> gold, int workers, int labels, DawidSkeneOptions options)
    : DawidSkeneEm(votes, [.. gold], options)
{
    private readonly double[] _prior = new double[labels];
    private readonly double[][][] _confusion = [.. Enumerable.Range(0, workers).Select(_ => Enumerable.Range(0, labels).Select(_ => new double[labels]).ToArray())];

    public ConfusionFit Fit()
    {
        var (posteriors, logLikelihood, iterations, converged) = Run(_ => [.. Enumerable.Repeat(1.0 / labels, labels)]);
        return new ConfusionFit
        {
            Posteriors = posteriors, Prior = _prior, Confusion = _confusion,
            LogLikelihood = logLikelihood, Iterations = iterations, Converged = converged, Unsupervised = Unsupervised,
        };
    }

    protected override void Estimate(double[][] posteriors)
    {
        Array.Fill(_prior, Options.Smoothing);
        foreach (var row in _confusion.SelectMany(matrix => matrix))
        {
            Array.Fill(row, Options.Smoothing);
        }

        for (var item = 0; item < posteriors.Length; item++)
        {
            for (var truth = 0; truth < labels; truth++)
            {
                _prior[truth] += posteriors[item][truth];
                foreach (var vote in Votes[item])
                {
                    _confusion[vote.Worker][truth][vote.Label] += posteriors[item][truth];
                }
            }
        }

        ToShares(_prior);
        foreach (var row in _confusion.SelectMany(matrix => matrix))
        {
            ToShares(row);
        }
    }

    protected override void Joint(int item, Span<double> logs)
    {
        for (var truth = 0; truth < labels; truth++)
        {
            logs[truth] = Math.Log(_prior[truth]);
            foreach (var vote in Votes[item])
            {
                logs[truth] += Math.Log(_confusion[vote.Worker][truth][vote.Label]);
            }
        }
    }

    private static void ToShares(double[] row)
    {
        var sum = row.Sum();
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = sum > 0 ? row[i] / sum : 1.0 / row.Length;
        }
    }
}
