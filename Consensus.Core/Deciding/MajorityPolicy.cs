namespace Consensus.Core.Deciding;

/// <summary>One candidate, one vote; the largest cluster wins.</summary>
internal class MajorityPolicy : DecisionPolicy
{
    public override string Name => Strategies.Majority;

    public override string Description => "One vote each; the largest cluster wins, with consensus above the quorum (half by default). The default, when nothing is known of the models.";
}

/// <summary>Majority whose answer is the winning cluster's medoid, word for word. Every strategy shows the medoid; this one says that it is the point.</summary>
internal sealed class MedoidPolicy : MajorityPolicy
{
    public override string Name => Strategies.Medoid;

    public override string Description => "Votes as majority does and answers with the most central candidate of the winning cluster, word for word (minimum Bayes risk). For free text.";
}

/// <summary>Majority over several samples of one model.</summary>
internal sealed class SelfConsistencyPolicy : MajorityPolicy
{
    public override string Name => Strategies.SelfConsistency;

    public override string Description => "Several samples of one model vote, stopping once the lead is safe. When only one model may be asked; it cannot see what the model always gets wrong.";
}
