namespace Consensus.Storage.Runs;

/// <summary>What came of erasing a run.</summary>
public enum Erasure
{
    /// <summary>It is gone.</summary>
    Erased,

    /// <summary>There is none.</summary>
    NotFound,

    /// <summary>It is another's.</summary>
    NotAllowed,

    /// <summary>It has not finished, and stays.</summary>
    InProgress,

    /// <summary>A tag holds it, and it stays.</summary>
    Held,
}
