namespace Consensus.ModelSimulator.Faults;

/// <summary>What goes wrong on purpose.</summary>
internal enum FaultKind
{
    /// <summary>No answer until the client leaves or <c>Simulator:HangBoundMs</c> is over, then 504.</summary>
    Timeout,

    /// <summary>429 with <c>Retry-After</c>.</summary>
    RateLimit,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>200 with a body (or, streamed, an event) that is not JSON.</summary>
    Malformed,

    /// <summary>An answer without text.</summary>
    Empty,

    /// <summary>The model declines.</summary>
    Refusal,

    /// <summary>The body or stream breaks off halfway.</summary>
    Truncate,

    /// <summary>The body or stream comes byte by byte.</summary>
    Trickle,

    /// <summary>The right answer, but after the set latency.</summary>
    Latency,

    /// <summary>A judge's reply whose words are on no menu; any other answer is the usual one.</summary>
    OffMenu,

    /// <summary>A judge's reply with words around its JSON, unless it is asked again; any other answer is the usual one.</summary>
    Prose,
}

/// <summary>The names of the faults in headers, configuration and the fault board.</summary>
internal static class FaultNames
{
    private static readonly Dictionary<string, FaultKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["timeout"] = FaultKind.Timeout,
        ["rate_limit"] = FaultKind.RateLimit,
        ["server_error"] = FaultKind.ServerError,
        ["malformed"] = FaultKind.Malformed,
        ["empty"] = FaultKind.Empty,
        ["refusal"] = FaultKind.Refusal,
        ["truncate"] = FaultKind.Truncate,
        ["trickle"] = FaultKind.Trickle,
        ["latency"] = FaultKind.Latency,
        ["off_menu"] = FaultKind.OffMenu,
        ["prose"] = FaultKind.Prose,
    };

    private static readonly Dictionary<FaultKind, string> Names = Kinds.ToDictionary(k => k.Value, k => k.Key);

    public static string Allowed { get; } = string.Join(", ", Kinds.Keys);

    public static bool TryParse(string? name, out FaultKind kind)
    {
        kind = default;
        return name is not null && Kinds.TryGetValue(name.Trim(), out kind);
    }

    public static string Name(this FaultKind kind) => Names[kind];
}
