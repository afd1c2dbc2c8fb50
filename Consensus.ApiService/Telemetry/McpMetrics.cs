using System.Diagnostics.Metrics;

namespace Consensus.ApiService.Telemetry;

/// <summary>Counts calls of tools. The name that a caller gives is a label only where there is such a tool.</summary>
internal static class McpMetrics
{
    /// <summary>In place of a name that no tool has.</summary>
    public const string NoTool = "none";

    private static readonly Counter<long> Calls = ApiTelemetry.Meter.CreateCounter<long>(
        "consensus.mcp.calls", "{call}", "Calls of tools, by tool and by what came of them.");

    /// <param name="tool">The name of a tool that there is, or <see cref="NoTool"/>.</param>
    /// <param name="result"><c>completed</c>, <c>problem</c>, <c>cancelled</c> or <c>unknown_tool</c>.</param>
    public static void Called(string tool, string result) => Calls.Add(1, new("tool", tool), new("result", result));
}
