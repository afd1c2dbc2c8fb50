using System.Text.Json.Nodes;

namespace Consensus.ApiService.Documentation;

/// <summary>What the description is made of and comes with the service.</summary>
internal static class Resources
{
    public static IReadOnlyList<string> Names { get; } = typeof(Resources).Assembly.GetManifestResourceNames();

    public static Stream Open(string name) =>
        typeof(Resources).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The resource {name} is missing from the build.");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static JsonNode Json(string name)
    {
        using var stream = Open(name);
        return JsonNode.Parse(stream)!;
    }
}
