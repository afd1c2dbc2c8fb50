namespace Consensus.Core.Reliability;

/// <summary>The loop that both models share. A row of labels may end with one column for all the answers that nobody gave.</summary>
internal abstract class DawidSkeneEm
{
    private readonly int?[] _gold;

    private protected DawidSkeneEm(IReadOnlyList<DawidSkeneVote> votes, int?[] gold, DawidSkeneOptions options)
    {
        _gold = gold;
        Options = options;
        Votes = [.. Enumerable.Range(0, gold.Length).Select(_ => new List<DawidSkeneVote>())];
        foreach (var vote in votes)
        {
            Votes[vote.Item].Add(vote);
        }
    }

    /// <summary>The votes on each item.</summary>
    protected List<DawidSkeneVote>[] Votes { get; }

    protected DawidSkeneOptions Options { get; }

    protected bool Unsupervised => _gold.All(label => label is null);

    /// <summary>Estimates the parameters from the labels' probabilities (the M-step).</summary>
    protected abstract void Estimate(double[][] posteriors);

    /// <summary>Writes ln P(label, votes of the item) of every label under the parameters (the E-step before it is normalised).</summary>
    protected abstract void Joint(int item, Span<double> logs);

    /// <param name="prior">The labels' probabilities of an item without votes, which also sets the width of its row.</param>
    protected (double[][] Posteriors, double LogLikelihood, int Iterations, bool Converged) Run(Func<int, double[]> prior)
    {
        var posteriors = Enumerable.Range(0, Votes.Length).Select(item => Start(item, prior(item))).ToArray();
        for (var iteration = 1; ; iteration++)
        {
            Estimate(posteriors);
            var (change, logLikelihood) = (0.0, 0.0);
            for (var item = 0; item < posteriors.Length; item++)
            {
                var updated = new double[posteriors[item].Length];
                Joint(item, updated);
                logLikelihood += Normalise(updated, _gold[item]);
                for (var label = 0; label < updated.Length; label++)
                {
                    change = Math.Max(change, Math.Abs(updated[label] - posteriors[item][label]));
                }

                posteriors[item] = updated;
            }

            var converged = change < Options.Tolerance;
            if (converged || iteration == Options.MaxIterations)
            {
                return (posteriors, logLikelihood, iteration, converged);
            }
        }
    }

    private double[] Start(int item, double[] prior)
    {
        var row = new double[prior.Length];
        if (_gold[item] is { } gold)
        {
            row[gold] = 1;
        }
        else if (Votes[item].Count == 0)
        {
            prior.CopyTo(row, 0);
        }
        else
        {
            foreach (var vote in Votes[item])
            {
                row[vote.Label] += 1.0 / Votes[item].Count;
            }
        }

        return row;
    }

    /// <summary>Turns logarithms into probabilities and returns ln of what they summed to (of a known label: its own logarithm).</summary>
    private static double Normalise(double[] logs, int? gold)
    {
        if (gold is { } known)
        {
            var log = logs[known];
            Array.Clear(logs);
            logs[known] = 1;
            return log;
        }

        var most = logs.Max();
        var sum = 0.0;
        for (var label = 0; label < logs.Length; label++)
        {
            logs[label] = Math.Exp(logs[label] - most);
            sum += logs[label];
        }

        for (var label = 0; label < logs.Length; label++)
        {
            logs[label] /= sum;
        }

        return most + Math.Log(sum);
    }
}
