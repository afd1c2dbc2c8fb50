using Consensus.ApiService.Auth;
using Consensus.Contracts.Keys;
using Consensus.Storage.Keys;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Keys;

/// <summary>Changes keys: stored first, then taken in this process at once. Other processes on the same store see it when they read it next.</summary>
internal sealed partial class KeyRegister(KeyHolder keys, RunLog log, ILogger<KeyRegister> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private string _shadowed = "";

    /// <summary>Makes a key of a name that never was another's.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored.</exception>
    public async Task<(KeyChange Change, string Secret)> CreateAsync(NewKey key, string? by)
    {
        if (keys.Ring.IsConfigured(key.Name))
        {
            return (KeyChange.Exists, "");
        }

        var secret = KeySecret.New();
        var change = await ChangeAsync(() => log.CreateKeyAsync(key, secret, by, CancellationToken.None));
        if (change == KeyChange.Done)
        {
            LogCreated(key.Name, string.Join(' ', key.Scopes), by);
        }

        return (change, secret.Text);
    }

    /// <summary>Gives a key a new secret.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored.</exception>
    public async Task<(KeyChange Change, string Secret)> RotateAsync(string name, TimeSpan grace, string? by)
    {
        var secret = KeySecret.New();
        var change = await ChangeAsync(() => log.RotateKeyAsync(name, secret, by, grace, CancellationToken.None));
        if (change == KeyChange.Done)
        {
            LogRotated(name, by, grace.TotalSeconds);
        }

        return (change, secret.Text);
    }

    /// <summary>Takes a key back; done too when it was taken back already.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be stored.</exception>
    public async Task<KeyChange> RevokeAsync(string name, string? by)
    {
        var change = await ChangeAsync(() => log.RevokeKeyAsync(name, by, CancellationToken.None));
        if (change == KeyChange.Done)
        {
            LogRevoked(name, by);
        }

        return change == KeyChange.Revoked ? KeyChange.Done : change;
    }

    /// <summary>Reads the store, and takes what it says. Where no run log is, or has been yet, there are no stored keys.</summary>
    /// <exception cref="RunLogUnavailableException">It cannot be read; what was taken before stays.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await TakeAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // Not cancelled with its caller: what is stored and what is taken must not part.
    private async Task<KeyChange> ChangeAsync(Func<Task<KeyChange>> change)
    {
        await _one.WaitAsync();
        try
        {
            var outcome = await change();
            if (outcome == KeyChange.Done)
            {
                var had = keys.HasKeys;
                await TakeAsync(CancellationToken.None);
                if (!had)
                {
                    LogFirst();
                }
            }

            return outcome;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        var stored = log.IsEnabled && !KeyStore.IsAbsent(log) ? await log.ListKeysAsync(cancellationToken) : [];
        var ring = keys.Take(stored);
        var shadowed = string.Join(", ", ring.Shadowed.Select(static key => key.Name));
        if (shadowed != _shadowed && shadowed.Length > 0)
        {
            LogShadowed(shadowed);
        }

        _shadowed = shadowed;
    }

    [LoggerMessage(LogLevel.Information, "Key {Name} was made with the scopes {Scopes} by {By}")]
    private partial void LogCreated(string name, string scopes, string? by);

    [LoggerMessage(LogLevel.Information, "Key {Name} was given a new secret by {By}; the one before is taken for {GraceSeconds} s more")]
    private partial void LogRotated(string name, string? by, double graceSeconds);

    [LoggerMessage(LogLevel.Information, "Key {Name} was revoked by {By}")]
    private partial void LogRevoked(string name, string? by);

    [LoggerMessage(LogLevel.Warning, "The first key was made: from now on callers need one, unless Auth:Anonymous says otherwise")]
    private partial void LogFirst();

    [LoggerMessage(
        LogLevel.Error,
        "The stored keys {Names} are not taken: configured keys (Auth:Keys) have their names or their secrets. Rename those in the configuration, or revoke these")]
    private partial void LogShadowed(string names);
}
