using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consensus.Contracts.Audit;
using Consensus.Storage.Audit.Canonical;
using Consensus.Storage.Audit.Keys;

namespace Consensus.Storage.Audit;

/// <summary>Signed heads: what they are signed over, and how they are written.</summary>
internal static class Heads
{
    public const int SchemaVersion = 1;

    /// <summary>Signs the end of a chain.</summary>
    public static AuditHead Sign(ChainEnd end, DateTimeOffset now, AuditKey key)
    {
        var head = new AuditHead(
            SchemaVersion, end.Seq, end.Seq, Convert.ToHexStringLower(end.Hash), StoredEntry.TextOf(StoredEntry.TimeOf(now)), key.Id, Mac: "");
        return head with { Mac = Convert.ToHexStringLower(key.SignHead(Jcs.Bytes(Text(head, withMac: false)))) };
    }

    /// <summary>Whether the key signed the head as it is.</summary>
    public static bool IsSigned(AuditHead head, AuditKey key) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(key.SignHead(Jcs.Bytes(Text(head, withMac: false))))), Encoding.UTF8.GetBytes(head.Mac));

    /// <summary>The head in canonical JSON, as it stands in a line.</summary>
    public static string LineOf(AuditHead head) => Text(head, withMac: true);

    private static string Text(AuditHead head, bool withMac)
    {
        var text = new StringBuilder("{\"at\":");
        Jcs.Write(text, head.At);
        text.Append(CultureInfo.InvariantCulture, $",\"entries\":{head.Entries},\"hash\":");
        Jcs.Write(text, head.Hash);
        text.Append(",\"keyId\":");
        Jcs.Write(text, head.KeyId);
        if (withMac)
        {
            text.Append(",\"mac\":");
            Jcs.Write(text, head.Mac);
        }

        return text.Append(CultureInfo.InvariantCulture, $",\"schemaVersion\":{head.SchemaVersion},\"seq\":{head.Seq}}}").ToString();
    }
}
