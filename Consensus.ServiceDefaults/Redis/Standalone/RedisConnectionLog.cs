using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Consensus.ServiceDefaults.Redis;

/// <summary>One line when Redis goes and one when it is back, whatever the number of attempts between.</summary>
internal sealed partial class RedisConnectionLog
{
    private const int Connected = 0;
    private const int Lost = 1;

    private readonly ILogger _logger;
    private int _state;

    private RedisConnectionLog(ILogger logger, bool connected)
    {
        _logger = logger;
        _state = connected ? Connected : Lost;
        if (!connected)
        {
            LogLost(logger);
        }
    }

    public static void Attach(IConnectionMultiplexer redis, ILoggerFactory loggers)
    {
        var log = new RedisConnectionLog(loggers.CreateLogger<RedisConnectionLog>(), redis.IsConnected);
        redis.ConnectionFailed += (_, failure) => log.Note(failure.ConnectionType, Lost);
        redis.ConnectionRestored += (_, restored) => log.Note(restored.ConnectionType, Connected);
    }

    private void Note(ConnectionType connection, int state)
    {
        // The second connection, for subscriptions, goes and comes with this one.
        if (connection != ConnectionType.Interactive || Interlocked.Exchange(ref _state, state) == state)
        {
            return;
        }

        if (state == Lost)
        {
            LogLost(_logger);
        }
        else
        {
            LogRestored(_logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer; trying to connect in the background")]
    private static partial void LogLost(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back")]
    private static partial void LogRestored(ILogger logger);
}
