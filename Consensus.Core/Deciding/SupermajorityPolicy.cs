namespace Consensus.Core.Deciding;

/// <summary>Consensus from two thirds of all asked.</summary>
internal sealed class SupermajorityPolicy : DecisionPolicy
{
    public override string Name => Strategies.Supermajority;

    public override string Description => "As majority, but consensus needs at least two thirds of all asked. When acting on a wrong answer costs more than asking again.";

    public override bool UsesQuorum => false;

    internal override bool IsConsensus(Tally tally, double quorum) => tally.Reaches(2.0 / 3);
}

/// <summary>Consensus only when every usable answer agrees.</summary>
internal sealed class UnanimousPolicy : DecisionPolicy
{
    public override string Name => Strategies.Unanimous;

    public override string Description => "Consensus only when every usable answer agrees and enough of the panel answered. For decisions that cannot be taken back.";

    public override bool UsesQuorum => false;

    internal override bool IsConsensus(Tally tally, double quorum) => tally.Ranking.Length == 1;
}
