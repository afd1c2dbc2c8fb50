namespace Consensus.Storage.Keys;

/// <summary>What came of a change to a key.</summary>
public enum KeyChange
{
    /// <summary>It is done and durable.</summary>
    Done,

    /// <summary>There is no key of this name.</summary>
    NotFound,

    /// <summary>There is, or was, a key of this name.</summary>
    Exists,

    /// <summary>The key is revoked.</summary>
    Revoked,
}
