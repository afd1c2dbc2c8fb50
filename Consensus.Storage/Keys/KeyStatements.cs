using System.Data.Common;
using Consensus.Contracts.Keys;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Keys;

/// <summary>What the writer does with keys inside a transaction.</summary>
internal sealed class KeyStatements(DbConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection, "SELECT revoked_at IS NOT NULL FROM api_keys WHERE name = $name", "$name");

    private readonly Statement _insert = new(connection,
        """
        INSERT INTO api_keys (name, hash, hint, scopes, created_at, created_by, expires_at, requests_per_minute, concurrent_runs, daily_cost_usd, calls_per_run)
        VALUES ($name, $hash, $hint, $scopes, $now, $by, $expires, $requests, $runs, $cost, $calls)
        """,
        "$name", "$hash", "$hint", "$scopes", "$now", "$by", "$expires", "$requests", "$runs", "$cost", "$calls");

    private readonly Statement _rotate = new(connection,
        """
        UPDATE api_keys SET previous_hash = CASE WHEN CAST($until AS BIGINT) IS NULL THEN NULL ELSE hash END, previous_until = $until,
            hash = $hash, hint = $hint, rotated_at = $now
        WHERE name = $name
        """,
        "$name", "$hash", "$hint", "$until", "$now");

    private readonly Statement _revoke = new(connection,
        "UPDATE api_keys SET revoked_at = $now, revoked_by = $by, previous_hash = NULL, previous_until = NULL WHERE name = $name", "$name", "$now", "$by");

    private readonly Statement _use = new(connection,
        "UPDATE api_keys SET last_used_at = $at WHERE name = $name AND (last_used_at IS NULL OR last_used_at < $at)", "$name", "$at");

    public KeyChange Create(NewKey key, KeySecret secret, string? by, DateTimeOffset now)
    {
        if (_find.Scalar(key.Name) is not null)
            return KeyChange.Exists;
        _insert.Execute(
            key.Name, secret.Hash, secret.Hint, string.Join(' ', key.Scopes), StoredTime.Write(now), OrNull(by), OrNull(StoredTime.Write(key.ExpiresAt)),
            OrNull(key.Limits?.RequestsPerMinute), OrNull(key.Limits?.ConcurrentRuns), OrNull(key.Limits?.DailyCostUsd),
            OrNull(key.Limits?.CallsPerRun));
        return KeyChange.Done;
    }

    public KeyChange Rotate(string name, KeySecret secret, DateTimeOffset? previousUntil, DateTimeOffset now)
    {
        var found = Find(name);
        if (found == KeyChange.Done)
            _rotate.Execute(name, secret.Hash, secret.Hint, OrNull(StoredTime.Write(previousUntil)), StoredTime.Write(now));
        return found;
    }

    public KeyChange Revoke(string name, string? by, DateTimeOffset now)
    {
        var found = Find(name);
        if (found == KeyChange.Done)
            _revoke.Execute(name, StoredTime.Write(now), OrNull(by));
        return found;
    }

    public int Use(IReadOnlyCollection<KeyValuePair<string, DateTimeOffset>> uses) => uses.Sum(use => _use.Execute(use.Key, StoredTime.Write(use.Value)));

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_find, _insert, _rotate, _revoke, _use])
            statement.Dispose();
    }

    private KeyChange Find(string name) => _find.Scalar(name) switch
    {
        null => KeyChange.NotFound,
        0L => KeyChange.Done,
        _ => KeyChange.Revoked,
    };

    private static object OrNull(object? value) => StoredValue.ToSqlite(value);
}
