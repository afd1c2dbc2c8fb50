using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Consensus.Contracts.Audit;
using Consensus.Storage.Audit.Canonical;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Audit;

/// <summary>An entry as it is stored. Its hash covers every column but the last two.</summary>
/// <param name="Seq">The place in the chain, from 1.</param>
/// <param name="At">When, as stored: whole microseconds.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What.</param>
/// <param name="SubjectKind">The kind of what it is about.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="Detail">More, in canonical JSON.</param>
/// <param name="KeyId">The key that signed.</param>
/// <param name="PrevHash">The hash of the entry before.</param>
/// <param name="Hash">The entry's hash.</param>
/// <param name="Mac">The hash's signature.</param>
internal sealed record StoredEntry(
    long Seq, long At, string Actor, string Action, string SubjectKind, string SubjectId, string Detail, string KeyId, byte[] PrevHash, byte[] Hash, byte[] Mac)
{
    /// <summary>The version of the form that is hashed.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The columns in the order of the members.</summary>
    public const string Columns = "seq, at, actor, action, subject_kind, subject_id, detail, key_id, prev_hash, hash, mac";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>What stands before the first entry.</summary>
    public static byte[] NoHash => new byte[SHA256.HashSizeInBytes];

    /// <summary>A stored time as it is hashed.</summary>
    public static string TextOf(long at) => StoredTime.Read(at).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A time as it is stored: whole microseconds.</summary>
    public static long TimeOf(DateTimeOffset time) => WholeMicroseconds(StoredTime.Write(time));

    private static long WholeMicroseconds(long at) => at - (at % TimeSpan.TicksPerMicrosecond);

    /// <summary>The hash that the entry ought to have.</summary>
    /// <exception cref="ArgumentException">A text has half a surrogate pair, or the time is none.</exception>
    public byte[] ComputeHash() => SHA256.HashData(Jcs.Bytes(Canonical()));

    /// <summary>The entry as it is told, its members as they were hashed.</summary>
    public AuditEntry ToBody() => new(
        SchemaVersion, Seq, TextOf(At), Actor, Action, new AuditSubject(SubjectKind, SubjectId), JsonElement.Parse(Detail), KeyId,
        Convert.ToHexStringLower(PrevHash), Convert.ToHexStringLower(Hash), Convert.ToHexStringLower(Mac));

    /// <summary>Canonical JSON by hand: the members stand in their order, and the detail is canonical already.</summary>
    internal string Canonical()
    {
        var text = new StringBuilder(512).Append("{\"action\":");
        Jcs.Write(text, Action);
        text.Append(",\"actor\":");
        Jcs.Write(text, Actor);
        text.Append(",\"at\":\"").Append(TextOf(At)).Append("\",\"detail\":").Append(Detail).Append(",\"keyId\":");
        Jcs.Write(text, KeyId);
        text.Append(",\"prevHash\":\"").Append(Convert.ToHexStringLower(PrevHash)).Append("\",\"schemaVersion\":").Append(SchemaVersion)
            .Append(",\"seq\":").Append(CultureInfo.InvariantCulture, $"{Seq}").Append(",\"subject\":{\"id\":");
        Jcs.Write(text, SubjectId);
        text.Append(",\"kind\":");
        Jcs.Write(text, SubjectKind);
        return text.Append("}}").ToString();
    }
}
