using System.Diagnostics.Metrics;
using Consensus.Contracts.Errors;
using Microsoft.AspNetCore.Http.Metadata;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts what callers are told has gone wrong: as a response, as an event of a stream or as the end of a tool.</summary>
internal static class ErrorMetrics
{
    private static readonly Counter<long> Errors = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.errors", "{error}", "Errors that callers were told of, by code of the catalogue and by route.");

    /// <param name="code">What went wrong.</param>
    /// <param name="http">The request whose caller is told. Of its address only the pattern of the route is kept.</param>
    public static void Record(ErrorCode code, HttpContext http) => Errors.Add(1, new("code", code.Code), new("route", RouteOf(http)));

    /// <summary>The pattern that <c>http.route</c> has too; <c>none</c> where no route was found.</summary>
    private static string RouteOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? "none";
}
