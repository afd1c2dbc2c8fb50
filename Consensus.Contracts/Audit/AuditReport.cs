using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Audit;

/// <summary>What came of verifying an audit trail.</summary>
/// <param name="Sound">Whether nothing was found.</param>
/// <param name="Entries">Entries that were read, up to the first bad one.</param>
/// <param name="Heads">Signed heads that were compared.</param>
/// <param name="Runs">Stored runs whose record was compared with their last entry.</param>
/// <param name="RunsBefore">Stored runs from before the trail began, which have no entry to compare with.</param>
/// <param name="Tombstones">Runs that the trail knows and that were purged or deleted since, as it says.</param>
/// <param name="Finding">The first thing that is wrong; <c>null</c> when nothing is.</param>
public sealed record AuditReport(bool Sound, long Entries, long Heads, long Runs, long RunsBefore, long Tombstones, AuditFinding? Finding);

/// <summary>Something that is wrong with an audit trail.</summary>
/// <param name="Fault">What.</param>
/// <param name="Seq">The entry's place; of what is missing, the first missing place; of a run, its last entry's, 0 without any.</param>
/// <param name="Message">The same in words.</param>
public sealed record AuditFinding(AuditFault Fault, long Seq, string Message);

/// <summary>What can be wrong with an audit trail.</summary>
[JsonConverter(typeof(SnakeCaseEnum<AuditFault>))]
public enum AuditFault
{
    /// <summary>The entry does not hash to its hash: it was edited.</summary>
    Content,

    /// <summary>The entry does not follow the one before: one of them was put there later.</summary>
    Chain,

    /// <summary>The signature is not that of the audit key: the entry was made without it.</summary>
    Mac,

    /// <summary>The entry names a key that is not known.</summary>
    UnknownKey,

    /// <summary>An entry is missing.</summary>
    Missing,

    /// <summary>An entry stands in another's place.</summary>
    Reordered,

    /// <summary>The last entries are gone: a signed head tells of more.</summary>
    CutTail,

    /// <summary>A signed head tells of another entry than the trail has at its place.</summary>
    HeadNotInChain,

    /// <summary>A line of the head file is not what was written.</summary>
    Head,

    /// <summary>A stored run is not what the trail recorded.</summary>
    RunChanged,

    /// <summary>A run that the trail recorded is gone, and the trail does not say why.</summary>
    RunMissing,

    /// <summary>A stored run has no entry.</summary>
    RunUnrecorded,
}
