using Consensus.Contracts.Runs;

namespace Consensus.LanguageModels.Providers;

/// <summary>What went wrong with one attempt, in words that hold nothing the provider or the caller wrote.</summary>
internal sealed class ProviderFault : Exception
{
    public ProviderFault(FailureReason reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    public FailureReason Reason { get; }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool Transient { get; init; }

    /// <summary>Whether the attempt may be billed all the same: not when the provider turned it away with an error status, or was never reached.</summary>
    public bool MayBeBilled { get; init; } = true;

    /// <summary>How long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The fault inside an exception that a client library may have wrapped around it.</summary>
    public static ProviderFault? In(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is ProviderFault fault)
                return fault;
        }

        return null;
    }
}
