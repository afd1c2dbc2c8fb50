using System.Text.Json.Nodes;

namespace Consensus.ApiService.Documentation;

/// <summary>
/// The examples of the description: requests that were sent and answers that were given, a file for each tag. A test sends every request again and holds the
/// answers to those of the files.
/// </summary>
internal static class Examples
{
    private const string Folder = "Examples/";
    private const string RefusalsFile = "refusals.json";

    private static readonly ILookup<string, Example> ByOperation = Files().Where(file => !file.EndsWith(RefusalsFile, StringComparison.Ordinal))
        .SelectMany(file => Resources.Json(file)["steps"]!.AsArray())
        .ToLookup(step => Text(step!, "operation"), step => Read(step!));

    private static readonly Dictionary<string, JsonNode> OfRefusals =
        Resources.Json(Folder + RefusalsFile).AsObject().ToDictionary(one => one.Key, one => one.Value!);

    /// <summary>The examples of an operation, in their order.</summary>
    public static IReadOnlyList<Example> Of(string operationId) => [.. ByOperation[operationId]];

    /// <summary>Whether there is an example of this error.</summary>
    public static bool IsRefusal(string name) => OfRefusals.ContainsKey(name);

    /// <summary>The bodies of errors, by the names of their examples.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Refusals => OfRefusals;

    private static IEnumerable<string> Files() => Resources.Names.Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static Example Read(JsonNode step) => new(
        Text(step, "name"), Text(step, "summary"), step["request"]!["body"], (int)step["response"]!["status"]!, step["response"]!["body"],
        (string?)step["request"]!["headers"]?["Accept"]);

    private static string Text(JsonNode node, string member) => (string)node[member]!;
}
