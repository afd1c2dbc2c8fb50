namespace Consensus.ApiService.Documents;

/// <summary>What became of a document that somebody brought.</summary>
internal enum DocumentResult
{
    /// <summary>It came in force.</summary>
    InForce,

    /// <summary>It was in force already.</summary>
    Unchanged,

    /// <summary>It is wrong, or cannot be read.</summary>
    Refused,

    /// <summary>Another was in force than it was to replace.</summary>
    Overtaken,

    /// <summary>It could not be stored.</summary>
    NotStored,
}
