namespace Consensus.Storage.Scoring;

/// <summary>What came of asking for a stored run to be judged.</summary>
public enum JobAdding
{
    /// <summary>The job waits.</summary>
    Added,

    /// <summary>There is no such run.</summary>
    NotFound,

    /// <summary>The run is another's.</summary>
    NotAllowed,

    /// <summary>The run has not finished.</summary>
    InProgress,

    /// <summary>The run has no question, or no candidate with a text.</summary>
    NotJudgeable,
}
