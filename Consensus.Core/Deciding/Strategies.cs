namespace Consensus.Core.Deciding;

/// <summary>The names of the decision strategies that are pure functions of the panel's texts.</summary>
public static class Strategies
{
    /// <summary>The largest cluster; consensus above the quorum. The default, when nothing is known of the models.</summary>
    public const string Majority = "majority";

    /// <summary>Consensus from two thirds of all asked. When acting on a wrong answer costs more than asking again.</summary>
    public const string Supermajority = "supermajority";

    /// <summary>Consensus only when every usable answer agrees. For irreversible decisions.</summary>
    public const string Unanimous = "unanimous";

    /// <summary>Votes weighted by the models' reliability. When accuracy per model is known.</summary>
    public const string Weighted = "weighted";

    /// <summary>Votes weighted as labelled questions taught; decides as majority where nothing was gained. When a fitted document is in force.</summary>
    public const string Learned = "learned";

    /// <summary>The most central answer of the winning cluster, word for word. For free text.</summary>
    public const string Medoid = "medoid";

    /// <summary>Several samples of one model. When only one model may be asked.</summary>
    public const string SelfConsistency = "self_consistency";
}
