namespace Aspire.StackExchange.Redis;

/// <summary>Settings of the Redis client, with the members of the Aspire component's type that services use.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string; the configured one of the connection's name when not set.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether no health check is added.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether commands leave no trace.</summary>
    public bool DisableTracing { get; set; }
}
