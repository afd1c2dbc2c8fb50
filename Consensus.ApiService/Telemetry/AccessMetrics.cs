using System.Diagnostics.Metrics;
using Consensus.Contracts.Json;

namespace Consensus.ApiService.Telemetry;

/// <summary>Why a request was not let in.</summary>
internal enum AccessFailure
{
    /// <summary>It brought neither key nor token.</summary>
    NoCredential,

    /// <summary>It brought none, and callers without one must be on this machine.</summary>
    NotThisMachine,

    /// <summary>Its key is not known, expired or revoked.</summary>
    UnknownKey,

    /// <summary>Its token is not valid here.</summary>
    WrongToken,

    /// <summary>Who it is known to be may not do this.</summary>
    MissingScope,

    /// <summary>The keys cannot be read.</summary>
    KeysUnknown,

    /// <summary>The identity provider cannot be reached.</summary>
    IdentityUnavailable,
}

/// <summary>Counts requests that were not let in. Whose they were, or said to be, stands in no label.</summary>
internal static class AccessMetrics
{
    private static readonly Counter<long> Refusals = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.auth.refused", "{request}", "Requests that were not let in, by reason.");

    /// <summary>Begins to count what seldom happens: a counter that is not there yet tells no alert that it has gone up.</summary>
    public static void Begin()
    {
        foreach (var reason in Enum.GetValues<AccessFailure>())
        {
            Refusals.Add(0, new KeyValuePair<string, object?>("reason", WireName.Of(reason)));
        }
    }

    public static void Refused(AccessFailure reason) => Refusals.Add(1, new KeyValuePair<string, object?>("reason", WireName.Of(reason)));
}
