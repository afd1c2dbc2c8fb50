namespace Consensus.Core.Reliability;

/// <summary>What both models of Dawid and Skene find: labels and how EM ended.</summary>
public abstract record DawidSkeneFit
{
    /// <summary>The probability of each label, by item, then label; 0 to 1. Where an item's gold is known, its label has 1.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Posteriors { get; init; }

    /// <summary>The frequency of each class; <c>null</c> where every answer was taken as equally likely.</summary>
    public required IReadOnlyList<double>? Prior { get; init; }

    /// <summary>
    /// The natural logarithm of the likelihood of the votes (with the known labels) under the parameters; without pseudo-counts it rises with every iteration.
    /// </summary>
    public required double LogLikelihood { get; init; }

    /// <summary>How many times the parameters were estimated.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the tolerance was reached.</summary>
    public required bool Converged { get; init; }

    /// <summary>
    /// True where no item's gold was given. Then the labels are what the workers share, mistakes too: under a shared bias they fall below the best worker, so
    /// they are never trusted over labels.
    /// </summary>
    public required bool Unsupervised { get; init; }
}

/// <summary>One coin: each worker is right with one probability.</summary>
public sealed record OneCoinFit : DawidSkeneFit
{
    /// <summary>The probability that each worker is right, 0 to 1; ½ for one without votes.</summary>
    public required IReadOnlyList<double> Reliabilities { get; init; }
}

/// <summary>Each worker has a confusion matrix.</summary>
public sealed record ConfusionFit : DawidSkeneFit
{
    /// <summary>
    /// The probability that a worker says a label, by worker, then true label, then said label; each row sums to 1, and is uniform where nothing is known of
    /// it.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Confusion { get; init; }
}
