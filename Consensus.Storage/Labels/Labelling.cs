namespace Consensus.Storage.Labels;

/// <summary>What came of labelling a run.</summary>
public enum Labelling
{
    /// <summary>The label is stored.</summary>
    Stored,

    /// <summary>There is no such run.</summary>
    NotFound,

    /// <summary>The run is another's.</summary>
    NotAllowed,

    /// <summary>The run has not finished.</summary>
    InProgress,
}
