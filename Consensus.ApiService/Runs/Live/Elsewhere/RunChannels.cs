using StackExchange.Redis;

namespace Consensus.ApiService.Runs.Live.Elsewhere;

/// <summary>Where in Redis the processes that share a run log tell each other of runs. Only commands that Redis and Garnet share.</summary>
internal static class RunChannels
{
    /// <summary>How long the events of a run stay after the last one, also should its process die.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    /// <summary>Ids of runs that are to be stopped.</summary>
    public static readonly RedisChannel Cancels = RedisChannel.Literal("consensus:runs:cancel");

    /// <summary>The list of a run's events, sealed.</summary>
    public static RedisKey Events(Guid runId) => $"consensus:runs:events:{runId:N}";

    /// <summary>Rings when the list has grown.</summary>
    public static RedisChannel Ring(Guid runId) => RedisChannel.Literal($"consensus:runs:ring:{runId:N}");

    /// <summary>What Redis, or the way to it, may throw.</summary>
    public static bool IsTrouble(Exception fault) => fault is RedisException or TimeoutException or ObjectDisposedException;
}
