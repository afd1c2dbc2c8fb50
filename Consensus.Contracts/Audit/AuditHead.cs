namespace Consensus.Contracts.Audit;

/// <summary>The signed end of the audit trail at some time. Who keeps one can tell later whether the trail up to there is still the same.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Seq">The last entry's place.</param>
/// <param name="Entries">How many entries there are up to it.</param>
/// <param name="Hash">The last entry's hash, in hexadecimal digits.</param>
/// <param name="At">When it was signed, in UTC to the microsecond.</param>
/// <param name="KeyId">The audit key that signed it.</param>
/// <param name="Mac">The HMAC-SHA-256 of the other members in canonical JSON (RFC 8785), in hexadecimal digits.</param>
public sealed record AuditHead(int SchemaVersion, long Seq, long Entries, string Hash, string At, string KeyId, string Mac);
