namespace Consensus.Storage.Runs.Fields;

/// <summary>What a stored field can reveal; decides how each privacy level treats it.</summary>
internal enum FieldClass
{
    /// <summary>An id, or a name from a closed list or the operator's configuration. Stored as it is.</summary>
    Identifier,

    /// <summary>A count, a measure, a time or a yes/no. Stored as it is.</summary>
    Number,

    /// <summary>Names of models. A panel's are the operator's; an aggregate's are the caller's, and redacted unless the level is <c>full</c>.</summary>
    Model,

    /// <summary>A short name that the caller chose to find runs by. Redacted unless the level is <c>full</c>.</summary>
    Label,

    /// <summary>A code word of a provider or of this system. As a label; one that is not a single word is treated as content.</summary>
    Word,

    /// <summary>What was asked, answered or said about it. Not stored at <c>none</c>, redacted at <c>redacted</c>.</summary>
    Content,

    /// <summary>What a strategy reports of its steps. As content, but the measures in it stay numbers.</summary>
    Report,

    /// <summary>What a run was decided by: as an identifier, but the names of models in it as <see cref="Model"/>, and a provider's words as <see cref="Word"/>.</summary>
    Lineage,
}
