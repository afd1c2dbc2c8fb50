using System.Text.Json;

namespace Consensus.Contracts.Audit;

/// <summary>An entry of the audit trail, its members written as they were hashed.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Seq">The place in the chain, from 1 and without gaps.</param>
/// <param name="At">When, in UTC to the microsecond, as it was hashed; never earlier than the entry before.</param>
/// <param name="Actor">Who: <c>key:</c> and the API key's name, <c>cli</c>, or <c>system</c>: the service itself, or a caller of a service without keys.</param>
/// <param name="Action">What, a word of <see cref="AuditAction"/>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">More: counts, versions and keyed digests; never a question or an answer.</param>
/// <param name="KeyId">The audit key that signed it.</param>
/// <param name="PrevHash">The hash of the entry before, in hexadecimal digits; zeros for the first.</param>
/// <param name="Hash">The SHA-256 of this entry without <c>hash</c> and <c>mac</c> in canonical JSON (RFC 8785), in hexadecimal digits.</param>
/// <param name="Mac">The HMAC-SHA-256 of the hash's 32 bytes, in hexadecimal digits; only who has the audit key can check it.</param>
public sealed record AuditEntry(
    int SchemaVersion, long Seq, string At, string Actor, string Action, AuditSubject Subject, JsonElement Detail, string KeyId, string PrevHash, string Hash, string Mac);

/// <summary>What an entry is about.</summary>
/// <param name="Kind">The kind, such as <c>run</c> or <c>key</c>.</param>
/// <param name="Id">Its id, name or version.</param>
public sealed record AuditSubject(string Kind, string Id);
