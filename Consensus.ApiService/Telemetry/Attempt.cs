namespace Consensus.ApiService.Telemetry;

/// <summary>How what is done now and then ended: the label <c>result</c>.</summary>
internal static class Attempt
{
    private const string Label = "result";

    public static KeyValuePair<string, object?> Completed { get; } = new(Label, "completed");

    public static KeyValuePair<string, object?> Failed { get; } = new(Label, "failed");
}
