namespace Consensus.Scoring.Judging;

/// <summary>What became of a job that a worker had taken.</summary>
internal enum JobEnd
{
    /// <summary>Judged, and the scores are stored.</summary>
    Done,

    /// <summary>The attempt failed, and the API knows why: it waits for its next attempt, or is a dead letter.</summary>
    Failed,

    /// <summary>There was nothing to do: finished by somebody else, or its run was erased.</summary>
    Dropped,

    /// <summary>Given back to be taken by another worker.</summary>
    Returned,
}
