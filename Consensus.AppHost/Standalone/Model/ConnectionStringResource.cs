namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string of the configuration.</summary>
internal sealed class ConnectionStringResource(string name, Func<string?> value) : Resource(name), IResourceWithConnectionString
{
    public string? Value => value();
}
