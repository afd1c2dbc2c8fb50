namespace Consensus.Contracts.Benchmarks;

/// <summary>What <c>consensus bench live</c> measured of a running system. Times are milliseconds, shares 0 to 1.</summary>
/// <param name="SchemaVersion">The version of the shape that was written; members may be added within a version.</param>
/// <param name="Url">The API's address.</param>
/// <param name="Models">The models that were asked by name; <c>null</c>: those of the panel.</param>
/// <param name="Panel">The panel; <c>null</c>: the default one, or models by name.</param>
/// <param name="Concurrency">How many questions were under way at a time.</param>
/// <param name="Stopped">Whether Ctrl-C ended it; questions then under way do not count.</param>
/// <param name="Seconds">From the first question to the last verdict.</param>
/// <param name="Requests">Questions that came to an end, well or not.</param>
/// <param name="Completed">Those of them that were decided; all further figures but the errors are of them alone.</param>
/// <param name="RunsPerSecond">Decided questions a second.</param>
/// <param name="LatencyMs">From the request to the whole response, as the client measures it; <c>null</c> when nothing was decided.</param>
/// <param name="OverheadMs">The same less the slowest call that the decision needed: what system, transport and client add; <c>null</c> when no call was timed.</param>
/// <param name="SystemOverheadMs">What the system itself says that it added to that call; <c>null</c> when it says nothing.</param>
/// <param name="DegradedShare">The share of decisions without part of the panel; <c>null</c> when nothing was decided.</param>
/// <param name="Errors">Failed questions by the code of their failure.</param>
public sealed record LiveReport(
    int SchemaVersion,
    string Url,
    IReadOnlyList<string>? Models,
    string? Panel,
    int Concurrency,
    bool Stopped,
    double Seconds,
    int Requests,
    int Completed,
    double RunsPerSecond,
    LatencyFigures? LatencyMs,
    LatencyFigures? OverheadMs,
    LatencyFigures? SystemOverheadMs,
    double? DegradedShare,
    IReadOnlyDictionary<string, int> Errors)
{
    /// <summary>The version of this shape.</summary>
    public const int CurrentVersion = 1;
}
