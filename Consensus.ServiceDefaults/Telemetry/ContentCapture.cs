using Microsoft.Extensions.Configuration;

namespace Consensus.ServiceDefaults.Telemetry;

/// <summary>Whether prompts and answers may stand in telemetry. Only <c>Telemetry:CaptureContent</c> decides.</summary>
internal static class ContentCapture
{
    /// <summary>The variable that switches capturing on in instrumented AI libraries. A development host may set it; our setting wins.</summary>
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public const string Setting = "Telemetry:CaptureContent";

    // The libraries read the variable once, when their telemetry type is first touched: this runs before any client is built.
    public static void Apply(IConfiguration configuration) =>
        Environment.SetEnvironmentVariable(Variable, configuration.GetValue(Setting, false) ? "true" : "false");
}
