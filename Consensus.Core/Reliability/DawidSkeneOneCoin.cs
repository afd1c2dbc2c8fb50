namespace Consensus.Core.Reliability;

/// <summary>One reliability a worker. The last column of a row stands for the answers that nobody gave: no vote is right there.</summary>
internal sealed class DawidSkeneOneCoin(IReadOnlyList<DawidSkeneVote> votes, IReadOnlyList<DawidSkeneItem> items, int workers, DawidSkeneOptions options)
    : DawidSkeneEm(votes, [.. items.Select(item => item.Gold)], options)
{
    private readonly double[] _reliabilities = new double[workers];
    private readonly int[] _given = Given(votes, workers);
    private readonly double[]? _prior = options.EstimatePrior && items.Count > 0 ? new double[items[0].Labels] : null;

    public OneCoinFit Fit()
    {
        var (posteriors, logLikelihood, iterations, converged) = Run(EqualShares);
        return new OneCoinFit
        {
            Posteriors = [.. posteriors.Select(row => row[..^1])], Prior = _prior, Reliabilities = _reliabilities,
            LogLikelihood = logLikelihood, Iterations = iterations, Converged = converged, Unsupervised = Unsupervised,
        };
    }

    protected override void Estimate(double[][] posteriors)
    {
        Array.Fill(_reliabilities, Options.Smoothing);
        for (var item = 0; item < posteriors.Length; item++)
        {
            foreach (var vote in Votes[item])
            {
                _reliabilities[vote.Worker] += posteriors[item][vote.Label];
            }
        }

        for (var worker = 0; worker < _reliabilities.Length; worker++)
        {
            // The sum of posteriors may exceed the number of votes by rounding; a probability above 1 would have no logarithm of its rest.
            var weight = _given[worker] + (2 * Options.Smoothing);
            _reliabilities[worker] = weight > 0 ? Math.Min(1, _reliabilities[worker] / weight) : 0.5;
        }

        for (var label = 0; label < _prior?.Length; label++)
        {
            _prior[label] = (posteriors.Sum(row => row[label]) + Options.Smoothing) / (posteriors.Length + (_prior.Length * Options.Smoothing));
        }
    }

    protected override void Joint(int item, Span<double> logs)
    {
        var shares = EqualShares(item);
        for (var truth = 0; truth < logs.Length; truth++)
        {
            logs[truth] = Math.Log(_prior is not null && truth < _prior.Length ? _prior[truth] : shares[truth]);
            foreach (var vote in Votes[item])
            {
                var r = _reliabilities[vote.Worker];
                logs[truth] += vote.Label == truth ? Math.Log(r) : Math.Log((1 - r) / (items[item].Alternatives - 1));
            }
        }
    }

    private static int[] Given(IReadOnlyList<DawidSkeneVote> votes, int workers)
    {
        var given = new int[workers];
        foreach (var vote in votes)
        {
            given[vote.Worker]++;
        }

        return given;
    }

    private double[] EqualShares(int item)
    {
        var (labels, alternatives, _) = items[item];
        var all = Math.Max(labels, alternatives);
        return [.. Enumerable.Repeat(1 / all, labels), (all - labels) / all];
    }
}
