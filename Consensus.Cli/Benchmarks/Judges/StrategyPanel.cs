using Consensus.Core.Judging;

namespace Consensus.Cli.Benchmarks.Judges;

/// <summary>The judges and pairs of one prompt strategy.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Judges">The judges, by name; the votes of every pair are in this order.</param>
/// <param name="Items">One entry per pair: its place in the suite.</param>
/// <param name="Pairs">The pairs, in the suite's order.</param>
internal sealed record StrategyPanel(string Strategy, IReadOnlyList<string> Judges, IReadOnlyList<int> Items, IReadOnlyList<JudgedPair> Pairs)
{
    /// <summary>Sees the pairs as another panel of the same strategy would: its judges in its order, those not asked here without a verdict.</summary>
    public StrategyPanel As(IReadOnlyList<string> judges)
    {
        var places = judges.Select(judge => Judges.ToList().IndexOf(judge)).ToArray();
        return this with
        {
            Judges = judges,
            Pairs = [.. Pairs.Select(pair => pair with { Votes = [.. places.Select(place => place < 0 ? default : pair.Votes[place])] })],
        };
    }
}
