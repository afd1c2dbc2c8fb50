namespace Consensus.Storage.Evidence.Copying;

/// <summary>What an evidence store holds, in short: two that hold the same have the same.</summary>
/// <param name="Collections">How many collections.</param>
/// <param name="Documents">How many documents these have.</param>
/// <param name="Passages">How many passages those have.</param>
/// <param name="Records">How many evidence records.</param>
/// <param name="Hash">SHA-256, in hexadecimal, over the canonical JSON (RFC 8785) of each in its current version, and whose it is.</param>
public sealed record EvidenceDigest(long Collections, long Documents, long Passages, long Records, string Hash);

/// <summary>What was done to one store so that it holds what another does. Collections, documents and records are counted alike.</summary>
/// <param name="Copied">Those that were not there.</param>
/// <param name="Equal">Those that were there as they are.</param>
/// <param name="Mended">Those that were there otherwise.</param>
/// <param name="Removed">Those that were there and are not in the other store: documents of its collections, and whatever else was asked to go.</param>
public sealed record EvidenceCopyCounts(long Copied, long Equal, long Mended, long Removed);

/// <summary>What came of copying an evidence store.</summary>
/// <param name="Counts">What was done.</param>
/// <param name="From">What the one holds.</param>
/// <param name="To">What the other holds of that, read again after all was written.</param>
/// <param name="Others">Collections and records that only the other has.</param>
public sealed record EvidenceReceipt(EvidenceCopyCounts Counts, EvidenceDigest From, EvidenceDigest To, long Others)
{
    /// <summary>Whether what was to be copied is there as it is. If not, somebody wrote meanwhile: copy again.</summary>
    public bool IsEqual => From == To;
}
