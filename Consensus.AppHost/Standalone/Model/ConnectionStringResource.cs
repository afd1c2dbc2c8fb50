using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string of the configuration; in a manifest, a secret that is asked for.</summary>
internal sealed class ConnectionStringResource(string name, Func<string?> value) : Resource(name), IResourceWithConnectionString
{
    public string? Value => value();

    public Reference Reference => new(() => Value ?? "", $"{{{Name}.connectionString}}");

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", "parameter.v0");
        json.WriteString("connectionString", $"{{{Name}.value}}");
        json.WriteString("value", $"{{{Name}.inputs.value}}");
        json.WriteStartObject("inputs");
        json.WriteStartObject("value");
        json.WriteString("type", "string");
        json.WriteBoolean("secret", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
