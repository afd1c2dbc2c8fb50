namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment of a resource while it is put together.</summary>
public sealed class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext) => ExecutionContext = executionContext;

    /// <summary>Whether the system runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Texts, parameters and references by the name of the variable.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = new(StringComparer.Ordinal);
}

/// <summary>A value that is known when the system runs and an expression in its manifest.</summary>
/// <param name="Value">Gives the value.</param>
/// <param name="Manifest">The expression.</param>
/// <param name="Needs">What must be in the manifest for it.</param>
internal sealed record Reference(Func<string> Value, string Manifest, params IReadOnlyList<ManifestEntry> Needs);

/// <summary>An entry that a manifest gets because something refers to it.</summary>
internal sealed record ManifestEntry(string Name, Action<System.Text.Json.Utf8JsonWriter> Write);
