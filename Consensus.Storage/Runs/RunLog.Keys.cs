using Consensus.Contracts.Audit;
using Consensus.Contracts.Keys;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;
using Dapper;

namespace Consensus.Storage.Runs;

/// <summary>The keys of callers.</summary>
public sealed partial class RunLog
{
    /// <summary>Stores a key; <see cref="KeyChange.Exists"/> when there is or was one of this name.</summary>
    /// <param name="key">The key.</param>
    /// <param name="secret">Its secret, of which only the hash and the first characters are stored.</param>
    /// <param name="by">The caller that makes it; <c>null</c> without a key.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<KeyChange> CreateKeyAsync(NewKey key, KeySecret secret, string? by, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(
            statements =>
            {
                var change = statements.Keys.Create(key, secret, by, now);
                if (change == KeyChange.Done)
                    statements.Audit.Created(key, by, now);
                return change;
            },
            cancellationToken);
    }

    /// <summary>Gives a key a new secret. The one before that is taken no more, whatever was said of it.</summary>
    /// <param name="name">The key.</param>
    /// <param name="secret">Its new secret.</param>
    /// <param name="by">The caller that does it; <c>null</c> without a key.</param>
    /// <param name="grace">How long the present secret is still taken; nothing: not at all.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<KeyChange> RotateKeyAsync(string name, KeySecret secret, string? by, TimeSpan grace, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        DateTimeOffset? until = grace > TimeSpan.Zero ? now + grace : null;
        return ChangeKeyAsync(AuditAction.KeyRotated, name, by, now, statements => statements.Keys.Rotate(name, secret, until, now), cancellationToken);
    }

    /// <summary>Takes a key back for ever; <see cref="KeyChange.Revoked"/> when it was taken back already.</summary>
    /// <param name="name">The key.</param>
    /// <param name="by">The caller that takes it back; <c>null</c> without a key.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<KeyChange> RevokeKeyAsync(string name, string? by, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return ChangeKeyAsync(AuditAction.KeyRevoked, name, by, now, statements => statements.Keys.Revoke(name, by, now), cancellationToken);
    }

    private Task<KeyChange> ChangeKeyAsync(
        AuditAction action, string name, string? by, DateTimeOffset now, Func<RunStatements, KeyChange> change, CancellationToken cancellationToken) => _writer.WriteAsync(
        statements =>
        {
            var changed = change(statements);
            if (changed == KeyChange.Done)
                statements.Audit.Changed(action, name, by, now);
            return changed;
        },
        cancellationToken);

    /// <summary>Stores when keys were last used; an earlier time changes nothing.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task UseKeysAsync(IReadOnlyCollection<KeyValuePair<string, DateTimeOffset>> uses, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return _writer.WriteAsync(statements => statements.Keys.Use(uses), cancellationToken);
    }

    /// <summary>What the runs of a key cost that began on a UTC day, as far as that is known: those that have ended.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="time">A time of that day.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<decimal> FindKeyCostAsync(string keyId, DateTimeOffset time, CancellationToken cancellationToken) => LookAsync(
        connection => StoredValue.Money(connection.QuerySingleOrDefault<string>(KeyCostStatements.OfDay, new { keyId, day = KeyCostStatements.DayOf(time) })) ?? 0,
        cancellationToken);

    /// <summary>Adds what a judge cost that was asked for a key outside of a run; it counts on this day.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task AddJudgingCostAsync(string keyId, decimal usd, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
            return Task.CompletedTask;
        var day = KeyCostStatements.DayOf(_time.GetUtcNow());
        return _writer.WriteAsync(
            statements =>
            {
                statements.Costs.AddJudging(keyId, day, usd);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Every key, in the order in which they were made.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<IReadOnlyList<StoredKey>> ListKeysAsync(CancellationToken cancellationToken) => LookAsync<IReadOnlyList<StoredKey>>(
        static connection => connection.Query<KeyRow>(KeyRow.Everything).Select(static row => row.ToKey()).ToList(), cancellationToken);
}
