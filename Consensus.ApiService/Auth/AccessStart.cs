using Consensus.ApiService.Hosting;
using Consensus.ApiService.Keys;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Auth;

/// <summary>Before anything listens: reads the stored keys, refuses addresses that they do not allow, and says in one line who may call.</summary>
internal sealed partial class AccessStart(
    AccessRules rules, KeyHolder keys, KeyRegister register, IConfiguration configuration, ILogger<AccessStart> logger) : IHostedLifecycleService
{
    /// <exception cref="StartRefusedException">An address is configured on which nobody may come without a key, and there is none.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await register.RefreshAsync(cancellationToken);
        }
        catch (RunLogUnavailableException)
        {
            LogUnknown();
        }

        ListenAddresses.Check(configuration, rules);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (rules.IsUnknown)
        {
            return Task.CompletedTask;
        }

        var stored = keys.Ring.Stored.Where(static key => key.RevokedAt is null).Select(static key => key.Name);
        var names = string.Join(", ", keys.Ring.Configured.Select(static key => key.Name).Concat(stored));
        if (!rules.HasScheme)
        {
            LogNoKeys();
        }
        else if (rules.AnonymousLoopback)
        {
            LogAnonymous(names);
        }
        else if (rules.Tokens is { } tokens)
        {
            LogTokens(tokens.Authority?.ToString() ?? tokens.Issuer, names);
        }
        else
        {
            LogKeys(names);
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "No keys are configured or stored: the API listens on loopback only, and every program on this machine may call it")]
    private partial void LogNoKeys();

    [LoggerMessage(
        LogLevel.Warning,
        "Auth:Anonymous is loopback: the API listens on loopback only, and every program on this machine may run and read without one of the keys {Keys}")]
    private partial void LogAnonymous(string keys);

    [LoggerMessage(LogLevel.Information, "Callers need a token of {Issuer} or one of the keys {Keys}")]
    private partial void LogTokens(string? issuer, string keys);

    [LoggerMessage(LogLevel.Information, "Callers need one of the keys {Keys}")]
    private partial void LogKeys(string keys);

    [LoggerMessage(LogLevel.Error, "The stored keys cannot be read: until they can only configured keys and tokens are taken, and nobody may come without")]
    private partial void LogUnknown();
}
