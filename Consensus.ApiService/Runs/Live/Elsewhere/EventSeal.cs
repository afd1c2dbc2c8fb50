using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Consensus.ApiService.Runs.Live.Elsewhere;

/// <summary>
/// Seals events on their way through Redis: AES-256-GCM with a key that is drawn from the audit key (HKDF, RFC 5869), which the processes that share a log have in
/// common. A sealed event opens as the one of its run only.
/// </summary>
/// <param name="auditKey">The secret that the processes share.</param>
internal sealed class EventSeal(ReadOnlySpan<byte> auditKey)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, auditKey.ToArray(), 32, info: "consensus run events"u8.ToArray());

    public byte[] Seal(Guid runId, NumberedFrame frame)
    {
        var name = Encoding.UTF8.GetBytes(frame.Frame.Event);
        var plain = new byte[sizeof(int) + 1 + name.Length + frame.Frame.Data.Length];
        BinaryPrimitives.WriteInt32BigEndian(plain, frame.Number);
        plain[sizeof(int)] = (byte)name.Length;
        name.CopyTo(plain, sizeof(int) + 1);
        frame.Frame.Data.Span.CopyTo(plain.AsSpan(sizeof(int) + 1 + name.Length));

        var isSealed = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(isSealed.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(isSealed.AsSpan(0, NonceBytes), plain, isSealed.AsSpan(NonceBytes + TagBytes), isSealed.AsSpan(NonceBytes, TagBytes), runId.ToByteArray());
        return isSealed;
    }

    /// <summary>Null for what was not sealed with this key for this run.</summary>
    public NumberedFrame? Open(Guid runId, ReadOnlySpan<byte> isSealed)
    {
        if (isSealed.Length < NonceBytes + TagBytes + sizeof(int) + 1)
        {
            return null;
        }

        var plain = new byte[isSealed.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(isSealed[..NonceBytes], isSealed[(NonceBytes + TagBytes)..], isSealed.Slice(NonceBytes, TagBytes), plain, runId.ToByteArray());
        }
        catch (CryptographicException)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(plain, sizeof(int) + 1, plain[sizeof(int)]);
        return new NumberedFrame(BinaryPrimitives.ReadInt32BigEndian(plain), "", new EventFrame(name, plain.AsMemory(sizeof(int) + 1 + plain[sizeof(int)])));
    }
}
