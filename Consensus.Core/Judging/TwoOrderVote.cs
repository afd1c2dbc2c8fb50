namespace Consensus.Core.Judging;

/// <summary>
/// What a judge says of a pair of outputs when asked in both orders. A vote is 1 for output 1, −1 for output 2, 0 for a tie, and <c>null</c> where there is no
/// usable verdict; it names the output, not its place.
/// </summary>
/// <param name="Ab">The vote when output 1 was shown first.</param>
/// <param name="Ba">The vote when output 2 was shown first.</param>
public readonly record struct TwoOrderVote(int? Ab, int? Ba)
{
    /// <summary>Both orders as one vote: their mean, −1 to 1. One output in each order comes to a tie, 0; one usable verdict alone, or beside a tie, counts one half.</summary>
    public double Merged => ((Ab ?? 0) + (Ba ?? 0)) / 2.0;

    /// <summary>Whether there are two usable verdicts.</summary>
    public bool IsComplete => Ab is not null && Ba is not null;

    /// <summary>Whether the judge changed its mind with the order.</summary>
    public bool IsFlip => IsComplete && Ab != Ba;

    /// <summary>How many of the verdicts are usable, 0 to 2.</summary>
    public int Usable => (Ab is null ? 0 : 1) + (Ba is null ? 0 : 1);

    /// <summary>How many of the verdicts chose the output that was shown first, 0 to 2; a tie chose it by half.</summary>
    public double ForFirstShown => ((1 + Ab) / 2.0 ?? 0) + ((1 - Ba) / 2.0 ?? 0);
}
