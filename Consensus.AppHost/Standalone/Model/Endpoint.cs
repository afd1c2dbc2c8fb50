namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a project listens.</summary>
internal sealed class Endpoint(ProjectResource owner, string name, int? port)
{
    public ProjectResource Owner { get; } = owner;

    public string Name { get; } = name;

    /// <summary>The configured port; any free one when null.</summary>
    public int? Port { get; } = port;

    public bool IsExternal { get; set; }

    /// <summary>The port that was given to the process.</summary>
    public int AllocatedPort { get; set; }

    // A chosen port is only known to be free on 127.0.0.1; a configured one belongs to the name that people type.
    public string Url => $"http://{(Port is null ? "127.0.0.1" : "localhost")}:{AllocatedPort}";
}

/// <summary>A link that is shown for an endpoint.</summary>
public sealed class ResourceUrlAnnotation
{
    /// <summary>The address; one that begins with a slash belongs to the endpoint.</summary>
    public required string Url { get; set; }

    /// <summary>What is shown for it.</summary>
    public string? DisplayText { get; set; }
}
