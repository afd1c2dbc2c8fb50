namespace Consensus.Core.Reliability;

/// <summary>
/// Finds the true labels of items and how reliable those are who labelled them, with no or few right labels known, by expectation–maximisation.
/// </summary>
/// <remarks>
/// Source: Dawid and Skene (1979), "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied Statistics 28(1). It starts, as
/// their equation 3.1 does, at the shares of
/// the votes (an item without votes: at equal shares), then alternates estimates of the parameters (2.3, 2.4) and of the labels (2.5). The model takes workers
/// as independent given the truth.
/// </remarks>
public static class DawidSkene
{
    /// <summary>
    /// One coin a worker: right with probability r, else one of the K − 1 other answers of the item, each equally likely. Items may have different answers, so
    /// open questions are possible.
    /// </summary>
    /// <param name="votes">The votes, in any order.</param>
    /// <param name="items">What is known of each item.</param>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="options">How EM runs.</param>
    /// <exception cref="ArgumentException">A vote, a gold label or a number is out of its range, or a prior is to be estimated for items of different
    /// labels.</exception>
    public static OneCoinFit OneCoin(
        IReadOnlyList<DawidSkeneVote> votes, IReadOnlyList<DawidSkeneItem> items, int workers, DawidSkeneOptions? options = null)
    {
        options ??= new DawidSkeneOptions();
        foreach (var item in items)
        {
            if (item.Labels < 1 || !(item.Alternatives > 1) || !double.IsFinite(item.Alternatives))
            {
                throw new ArgumentException("An item has at least one label and more than one alternative.", nameof(items));
            }

            if (options.EstimatePrior && (item.Labels != items[0].Labels || item.Alternatives != item.Labels))
            {
                throw new ArgumentException("A prior over labels needs items that all have the same labels and no other alternatives.", nameof(items));
            }
        }

        Check(votes, [.. items.Select(item => (item.Labels, item.Gold))], workers, options);
        return new DawidSkeneOneCoin(votes, items, workers, options).Fit();
    }

    /// <summary>A confusion matrix a worker, over labels that mean the same on every item.</summary>
    /// <param name="votes">The votes, in any order.</param>
    /// <param name="gold">One entry per item: its right label where it is known, from 0.</param>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="labels">How many labels there are, at least 2.</param>
    /// <param name="options">How EM runs.</param>
    /// <exception cref="ArgumentException">A vote, a gold label or a number is out of its range.</exception>
    public static ConfusionFit Confusion(
        IReadOnlyList<DawidSkeneVote> votes, IReadOnlyList<int?> gold, int workers, int labels, DawidSkeneOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 2);
        options ??= new DawidSkeneOptions();
        Check(votes, [.. gold.Select(label => (labels, label))], workers, options);
        return new DawidSkeneConfusion(votes, gold, workers, labels, options).Fit();
    }

    private static void Check(IReadOnlyList<DawidSkeneVote> votes, (int Labels, int? Gold)[] items, int workers, DawidSkeneOptions options)
    {
        if (!(options.Tolerance > 0) || options.MaxIterations < 1 || !(options.Smoothing >= 0) || !double.IsFinite(options.Smoothing))
        {
            throw new ArgumentException("The tolerance is above 0, there is at least one iteration, and pseudo-counts are 0 or more.", nameof(options));
        }

        if (items.Any(item => item.Gold is { } gold && (gold < 0 || gold >= item.Labels)))
        {
            throw new ArgumentException("A gold label is one of its item's labels.", nameof(items));
        }

        foreach (var (item, worker, label) in votes)
        {
            if (item < 0 || item >= items.Length || worker < 0 || worker >= workers || label < 0 || label >= items[item].Labels)
            {
                throw new ArgumentException($"Item {item}, worker {worker} or label {label} does not exist.", nameof(votes));
            }
        }
    }
}
