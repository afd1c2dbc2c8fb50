namespace Consensus.Storage.Scoring;

/// <summary>What came of putting a dead letter back.</summary>
public enum JobRetrying
{
    /// <summary>It waits again, with no attempt counted.</summary>
    Waiting,

    /// <summary>There is no such job.</summary>
    NotFound,

    /// <summary>Its run is another's.</summary>
    NotAllowed,

    /// <summary>It is no dead letter.</summary>
    NotDead,
}
