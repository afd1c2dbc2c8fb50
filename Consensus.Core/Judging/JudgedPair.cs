namespace Consensus.Core.Judging;

/// <summary>A pair of outputs with the votes of a panel of judges and the truth.</summary>
/// <param name="Votes">One entry per judge of the panel, in the panel's order; of a judge that was not asked, no usable verdict.</param>
/// <param name="Gold">1 when output 1 is the better one, −1 when output 2 is.</param>
public sealed record JudgedPair(IReadOnlyList<TwoOrderVote> Votes, int Gold)
{
    /// <summary>How right a decision is: 1 for the better output, 0 for the other, and one half for a tie, as if a coin settled it.</summary>
    /// <param name="decision">Above 0 for output 1, below for output 2; within 10⁻⁹ of 0 is a tie.</param>
    public double Credit(double decision) => PanelVote.IsTie(decision) ? 0.5 : decision * Gold > 0 ? 1 : 0;
}
