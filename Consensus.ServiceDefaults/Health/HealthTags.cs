namespace Microsoft.Extensions.Hosting;

/// <summary>Tags of health checks that <c>/ready</c> understands.</summary>
public static class HealthTags
{
    /// <summary>The check is part of <c>/ready</c>.</summary>
    public const string Ready = "ready";

    /// <summary>The service cannot do its work while this check is unhealthy: <c>/ready</c> answers 503. Any other failing check degrades it only.</summary>
    public const string Critical = "critical";
}
