using System.Data.Common;
using System.Security.Cryptography;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Idempotency;

/// <summary>What the writer does with claims inside a transaction.</summary>
internal sealed class IdempotencyStatements(DbConnection connection) : IDisposable
{
    /// <summary>Claims that are over go a few at a time, with each new one: the table stays as small as a day's use.</summary>
    private const int SweptAtOnce = 64;

    internal const string Find = "SELECT run_id, body_mac FROM idempotency_keys WHERE claim = $claim AND expires_at > $now";

    private readonly Statement _find = new(connection, Find, "$claim", "$now");

    private readonly Statement _sweep = new(connection,
        $"""
         DELETE FROM idempotency_keys WHERE claim = $claim AND expires_at <= $now
            OR claim IN (SELECT claim FROM idempotency_keys WHERE expires_at <= $now ORDER BY expires_at LIMIT {SweptAtOnce})
         """,
        "$claim", "$now");

    private readonly Statement _insert = new(connection,
        "INSERT INTO idempotency_keys (claim, run_id, body_mac, created_at, expires_at) VALUES ($claim, $run, $mac, $now, $expires)",
        "$claim", "$run", "$mac", "$now", "$expires");

    /// <summary>Claims for a run; gives what the claim stands for already, and then changes nothing.</summary>
    public ClaimedRun? Claim(IdempotencyClaim claim, byte[] runId, DateTimeOffset now)
    {
        var at = StoredTime.Write(now);
        using (var found = _find.Query(claim.Id, at))
        {
            if (found.Read())
                return Earlier(claim, (byte[])found.GetValue(0), found.IsDBNull(1) ? null : (byte[])found.GetValue(1));
        }

        _sweep.Execute(claim.Id, at);
        _insert.Execute(claim.Id, runId, claim.BodyMac, at, StoredTime.Write(now + IdempotencyClaim.Lifetime));
        return null;
    }

    public void Dispose()
    {
        _find.Dispose();
        _sweep.Dispose();
        _insert.Dispose();
    }

    internal static ClaimedRun Earlier(IdempotencyClaim claim, byte[] runId, byte[]? mac) =>
        new(StoredValue.Id(runId), mac is null ? null : CryptographicOperations.FixedTimeEquals(mac, claim.BodyMac));
}
