namespace Consensus.Core.Judging;

/// <summary>
/// What a judge says of a pair of outputs when asked in both orders. A vote is 1 for output 1, −1 for output 2, and 0 where there is no usable verdict; it
/// names the output, not its place.
/// </summary>
/// <param name="Ab">The vote when output 1 was shown first.</param>
/// <param name="Ba">The vote when output 2 was shown first.</param>
public readonly record struct TwoOrderVote(int Ab, int Ba)
{
    /// <summary>Both orders as one vote: their mean, −1 to 1. An order flip is a tie, 0; one usable verdict alone counts one half.</summary>
    public double Merged => (Ab + Ba) / 2.0;

    /// <summary>Whether there are two usable verdicts.</summary>
    public bool IsComplete => Ab != 0 && Ba != 0;

    /// <summary>Whether the judge changed its mind with the order.</summary>
    public bool IsFlip => Ab * Ba < 0;

    /// <summary>How many of the verdicts are usable, 0 to 2.</summary>
    public int Usable => Math.Abs(Ab) + Math.Abs(Ba);

    /// <summary>How many of the verdicts chose the output that was shown first, 0 to 2.</summary>
    public int ForFirstShown => (Ab == 1 ? 1 : 0) + (Ba == -1 ? 1 : 0);
}
