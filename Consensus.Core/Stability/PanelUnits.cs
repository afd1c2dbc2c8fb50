using Consensus.Core.Deciding;

namespace Consensus.Core.Stability;

/// <summary>
/// What a panel is resampled by: its models with all their samples, as the samples of a model are not independent; where the whole panel is one model, its
/// samples. Units that vote alike are one type. Types are in an order of their content, so that the order of the candidates does not show.
/// </summary>
internal sealed class PanelUnits
{
    private readonly (int Vote, double Weight, double Support)[][] _types;

    private PanelUnits((int Vote, double Weight, double Support)[][] types, int[] multiplicities)
    {
        _types = types;
        Multiplicities = multiplicities;
        Count = multiplicities.Sum();
    }

    /// <summary>How many units of each type the panel has, each at least 1.</summary>
    public int[] Multiplicities { get; }

    /// <summary>How many units the panel has.</summary>
    public int Count { get; }

    /// <summary>The candidates of a unit of the type: their clusters (or <see cref="Ballot.NoVote"/>) weights and support.</summary>
    public ReadOnlySpan<(int Vote, double Weight, double Support)> this[int type] => _types[type];

    public static PanelUnits Of(Ballot ballot, IReadOnlyList<CandidateText> candidates)
    {
        var models = Enumerable.Range(0, candidates.Count).GroupBy(i => candidates[i].Model, i => (ballot.Votes[i], ballot.Weights[i], ballot.Support?[i] ?? 0), StringComparer.Ordinal).ToArray();
        var units = models.Length == 1
            ? [.. models[0].Select(candidate => new[] { candidate })]
            : Array.ConvertAll(models, model => model.Order().ToArray());
        Array.Sort(units, Compare);

        var types = new List<(int, double, double)[]>();
        var multiplicities = new List<int>();
        foreach (var unit in units)
        {
            if (types.Count > 0 && Compare(types[^1], unit) == 0)
            {
                multiplicities[^1]++;
            }
            else
            {
                types.Add(unit);
                multiplicities.Add(1);
            }
        }

        return new PanelUnits([.. types], [.. multiplicities]);
    }

    /// <summary>A number that depends on the votes alone (FNV-1a): equal panels are resampled alike.</summary>
    public ulong Seed()
    {
        var hash = 14695981039346656037;
        for (var type = 0; type < _types.Length; type++)
        {
            Add(Multiplicities[type]);
            foreach (var (vote, weight, support) in _types[type])
            {
                Add(vote);
                Add(BitConverter.DoubleToInt64Bits(weight));
                if (support != 0)
                {
                    Add(BitConverter.DoubleToInt64Bits(support));
                }
            }
        }

        return hash;

        void Add(long value)
        {
            for (var shift = 0; shift < 64; shift += 8)
            {
                hash = (hash ^ (byte)(value >> shift)) * 1099511628211;
            }
        }
    }

    private static int Compare((int Vote, double Weight, double Support)[] one, (int Vote, double Weight, double Support)[] other) =>
        one.AsSpan().SequenceCompareTo(other);
}
