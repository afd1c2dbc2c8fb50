using System.Text.Json;

namespace Consensus.Contracts.Client;

/// <summary>Whether the API takes requests, as <c>GET /ready</c> says.</summary>
/// <param name="Ready">True for 200, also when degraded; false for 503.</param>
/// <param name="Status">The API's own word for it, <c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>; empty when it gives none.</param>
public sealed record Readiness(bool Ready, string Status)
{
    internal static string StatusIn(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("status", out var status)
                && status.ValueKind == JsonValueKind.String ? status.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
