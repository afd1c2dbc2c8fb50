using Consensus.ApiService.Telemetry;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.ApiService.Admission;

/// <summary>The Redis in which processes count together. Where there is none, or it does not answer at once, each counts on its own.</summary>
internal sealed partial class SharedRedis(IServiceProvider services, IOptions<AdmissionOptions> options, TimeProvider time, ILogger<SharedRedis> logger)
{
    /// <summary>How long it is left alone after it did not answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _patience = options.Value.RedisTimeout;

    private volatile IConnectionMultiplexer? _client;
    private long _notBefore;
    private volatile bool _isAway;

    /// <summary>Whether there is to be one at all.</summary>
    public bool IsConfigured { get; } = services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IConnectionMultiplexer));

    /// <summary>Does something with Redis; <c>null</c> where that could not be done in time.</summary>
    public async Task<T?> TryAsync<T>(Func<IDatabase, Task<T>> act)
        where T : struct
    {
        if (!IsConfigured)
        {
            return null;
        }

        if (time.GetUtcNow().Ticks >= Interlocked.Read(ref _notBefore))
        {
            try
            {
                // The first use connects, which can block.
                _client ??= await Task.Run(services.GetRequiredService<IConnectionMultiplexer>).WaitAsync(_patience);
                if (_client.IsConnected)
                {
                    var result = await act(_client.GetDatabase()).WaitAsync(_patience);
                    Told(isAway: false);
                    return result;
                }
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
            {
                // As one that is not there.
            }

            Interlocked.Exchange(ref _notBefore, (time.GetUtcNow() + Pause).Ticks);
            Told(isAway: true);
        }

        AdmissionMetrics.Bypassed();
        return null;
    }

    private void Told(bool isAway)
    {
        if (_isAway == isAway)
        {
            return;
        }

        _isAway = isAway;
        if (isAway)
        {
            LogAway();
        }
        else
        {
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not answer: limits hold for this process alone until it does")]
    private partial void LogAway();

    [LoggerMessage(LogLevel.Information, "Redis answers: limits hold for all processes together")]
    private partial void LogBack();
}
