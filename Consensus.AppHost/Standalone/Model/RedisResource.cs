using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis: a container of the manifest. The standalone mode starts none.</summary>
public sealed class RedisResource : Resource, IResourceWithConnectionString
{
    private const string UriFilterSuffix = "uri-encoded";
    private readonly ParameterResource _password;

    internal RedisResource(string name, string volume)
        : base(name)
    {
        Volume = volume;
        _password = new ParameterResource(
            $"{name}-password",
            NotRun,
            secret: true,
            new GenerateParameterDefault { MinLength = 22, Special = false });
    }

    internal string Volume { get; }

    internal bool HasVolume { get; set; }

    internal Reference ConnectionString => new(
        NotRun,
        $"{{{Name}.connectionString}}",
        _password.Entry,
        TlsCondition);

    /// <summary>The parts of the connection string, as separate variables.</summary>
    internal IEnumerable<(string Suffix, Reference Value)> Parts =>
    [
        ("HOST", new(NotRun, $"{{{Name}.bindings.tcp.host}}")),
        ("PORT", new(NotRun, $"{{{Name}.bindings.tcp.port}}")),
        ("PASSWORD", _password.Reference),
        ("URI", new(
            NotRun,
            $"{{{Name}.bindings.tcp.scheme}}://:{{{_password.Name}-{UriFilterSuffix}.value}}@{{{Name}.bindings.tcp.host}}:{{{Name}.bindings.tcp.port}}",
            _password.Entry,
            EncodedPassword)),
    ];

    private ManifestEntry EncodedPassword => new($"{_password.Name}-{UriFilterSuffix}", json =>
    {
        json.WriteString("type", "annotated.string");
        json.WriteString("value", $"{{{_password.Name}.value}}");
        json.WriteString("filter", "uri");
    });

    // Published Redis has no TLS of its own: the condition is empty. Its name ends with Aspire's hash of the expression.
    private ManifestEntry TlsCondition => new($"cond-{Name}-bindings-tcp-tlsenabled-d148d83a", json =>
    {
        json.WriteString("type", "value.v0");
        json.WriteString("connectionString", "");
    });

    private static string NotRun() => throw new NotSupportedException("The standalone mode starts no containers.");

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString("type", "container.v0");
        json.WriteString("connectionString", $"{{{Name}.bindings.tcp.host}}:{{{Name}.bindings.tcp.port}},password={{{_password.Name}.value}}{{{TlsCondition.Name}.connectionString}}");
        json.WriteString("image", "docker.io/library/redis:8.6");
        json.WriteString("entrypoint", "/bin/sh");
        json.WriteStartArray("args");
        json.WriteStringValue("-c");
        json.WriteStringValue($"redis-server --requirepass $REDIS_PASSWORD{(HasVolume ? " --save 60 1" : "")}");
        json.WriteEndArray();
        if (HasVolume)
        {
            json.WriteStartArray("volumes");
            json.WriteStartObject();
            json.WriteString("name", Volume);
            json.WriteString("target", "/data");
            json.WriteBoolean("readOnly", false);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("env");
        json.WriteString("REDIS_PASSWORD", $"{{{_password.Name}.value}}");
        json.WriteEndObject();
        json.WriteStartObject("bindings");
        json.WriteStartObject("tcp");
        json.WriteString("scheme", "redis");
        json.WriteString("protocol", "tcp");
        json.WriteString("transport", "tcp");
        json.WriteNumber("targetPort", 6379);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
