using Consensus.Core.Agreement;
using Consensus.Core.Deciding;

namespace Consensus.Core.Stability;

/// <summary>Decides resampled panels, one after another in the same buffers, and adds up what they come to.</summary>
internal sealed class ResampledPanel
{
    private readonly DecisionPolicy _policy;
    private readonly Ballot _ballot;
    private readonly PanelUnits _units;
    private readonly int? _winner;
    private readonly int? _leastResponses;
    private readonly double[] _weights;
    private readonly double[]? _scores;
    private readonly int[] _sizes;
    private Moments _agreement;
    private Moments _entropy;
    private double _total;
    private double _flipped;

    public ResampledPanel(DecisionPolicy policy, Ballot ballot, Tally tally, DecisionOutcome outcome, int? minResponses, PanelUnits units)
    {
        _policy = policy;
        _ballot = ballot;
        _units = units;
        _winner = DecisionPolicy.HasWinner(outcome) ? tally.Ranking[0] : null;
        _leastResponses = minResponses is null ? null : ballot.MinResponses;
        _weights = new double[ballot.ClusterCount];
        _scores = ballot.Support is null ? null : new double[ballot.ClusterCount];
        _sizes = new int[ballot.ClusterCount];
        _agreement = new Moments(tally.TopShare);
        _entropy = new Moments(SemanticEntropy.Of(tally.Weights, tally.Voters));
    }

    /// <summary>The share of the panels added that flip the verdict.</summary>
    public double FlipProbability => _flipped / _total;

    /// <summary>Decides a panel and adds it.</summary>
    /// <param name="counts">How many units of each type it has.</param>
    /// <param name="probability">Its weight among the panels.</param>
    public void Add(ReadOnlySpan<int> counts, double probability)
    {
        var tally = Count(counts);

        // Models with unequal numbers of samples give panels of unequal size.
        var minResponses = _leastResponses is { } least ? Math.Min(least, tally.Asked) : Ballot.DefaultMinResponses(tally.Asked);
        var outcome = _policy.Decide(tally, _ballot.Quorum, minResponses);
        int? winner = DecisionPolicy.HasWinner(outcome) ? tally.Ranking[0] : null;

        _total += probability;
        _flipped += winner == _winner ? 0 : probability;
        _agreement.Add(tally.TopShare, probability);
        _entropy.Add(SemanticEntropy.OfOrdered(_weights, tally.Voters), probability);
    }

    public BootstrapReport Report((double Low, double High)? monteCarloInterval, int? replicates) =>
        new(FlipProbability, monteCarloInterval, replicates, _agreement.Deviation(_total), _entropy.Deviation(_total));

    private Tally Count(ReadOnlySpan<int> counts)
    {
        Array.Clear(_weights);
        Array.Clear(_scores ?? []);
        Array.Clear(_sizes);
        var askedWeight = 0.0;
        int asked = 0, voters = 0;
        for (var type = 0; type < counts.Length; type++)
        {
            if (counts[type] is var times and > 0)
            {
                foreach (var (vote, weight, support) in _units[type])
                {
                    asked += times;
                    askedWeight += times * weight;
                    if (vote != Ballot.NoVote)
                    {
                        voters += times;
                        _sizes[vote] += times;
                        _weights[vote] += times * weight;
                        if (_scores is not null)
                        {
                            _scores[vote] += times * support;
                        }
                    }
                }
            }
        }

        return Tally.Leaders(_weights, _scores, _sizes, askedWeight, asked, voters);
    }

    // Sums of differences from the panel's own value, so that what never varies has a deviation of exactly 0.
    private struct Moments(double origin)
    {
        private double _first;
        private double _second;

        public void Add(double value, double probability)
        {
            var difference = value - origin;
            _first += probability * difference;
            _second += probability * difference * difference;
        }

        public readonly double Deviation(double total)
        {
            var mean = _first / total;
            return Math.Sqrt(Math.Max(0, (_second / total) - (mean * mean)));
        }
    }
}
