using System.Text.Json.Nodes;

namespace Consensus.SystemTests.Fuzz;

/// <summary>What a caller may ask for, with requests that are right.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, with names in braces.</param>
/// <param name="Query">The names of its query.</param>
/// <param name="Bodies">Right bodies; none where it takes none.</param>
internal sealed record Operation(string Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<string> Bodies)
{
    /// <summary>Headers that a right request has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public override string ToString() => $"{Method} {Path}";

    /// <summary>Every operation of a description, with its examples as bodies.</summary>
    /// <exception cref="InvalidOperationException">One takes a body and has no example of it.</exception>
    public static List<Operation> In(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           where method.Value is JsonObject && method.Key is "get" or "post" or "put" or "delete" or "patch"
           let operation = method.Value!
           let body = operation["requestBody"]
           select new Operation(
               method.Key.ToUpperInvariant(),
               path.Key,
               [.. (operation["parameters"]?.AsArray() ?? []).Select(p => Resolved(document, p!)).Where(p => p["in"]!.GetValue<string>() == "query").Select(p => p["name"]!.GetValue<string>())],
               body is null ? [] : Examples(document, Resolved(document, body), $"{method.Key} {path.Key}")),
    ];

    private static List<string> Examples(JsonNode document, JsonNode body, string operation)
    {
        var found = body["content"]!.AsObject().SelectMany(content =>
            (content.Value!["examples"] as JsonObject ?? []).Select(example => Resolved(document, example.Value!)["value"]).Append(content.Value!["example"]).OfType<JsonNode>()).ToList();
        return found.Count > 0 ? [.. found.Select(node => node.ToJsonString())] : throw new InvalidOperationException($"{operation} takes a body, and the description has no example of one.");
    }

    private static JsonNode Resolved(JsonNode document, JsonNode node) =>
        node["$ref"]?.GetValue<string>() is { } reference ? reference[2..].Split('/').Aggregate(document, (at, name) => at[name.Replace("~1", "/", StringComparison.Ordinal)]!) : node;
}
