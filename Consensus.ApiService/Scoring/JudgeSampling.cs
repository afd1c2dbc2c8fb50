using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Consensus.ApiService.Scoring;

/// <summary>Which runs are judged without being asked for.</summary>
internal static class JudgeSampling
{
    /// <summary>
    /// Whether a run is in the sample: the first 8 bytes of the SHA-256 of its id (16 bytes in network order), read as a big-endian fraction of 2⁶⁴, lie below the
    /// rate. So anyone can tell from the id alone, and a run that is in a sample is in every larger one.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="rate">The share that is judged, 0 to 1.</param>
    public static bool IsDrawn(Guid runId, double rate)
    {
        Span<byte> id = stackalloc byte[16];
        runId.TryWriteBytes(id, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) / Math.Pow(2, 64) < rate;
    }
}
