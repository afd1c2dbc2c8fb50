using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>The description as it is served.</summary>
internal sealed class PublishedApi(JsonObject document)
{
    public JsonObject Document => document;

    public static async Task<PublishedApi> ReadAsync(ApiApp app) =>
        new(JsonNode.Parse(await app.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.AsObject());

    public IReadOnlyList<PublishedOperation> Operations { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new PublishedOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()),
    ];

    public JsonObject Component(string kind) => document["components"]![kind]!.AsObject();

    /// <summary>What a reference of the document leads to, or the node itself where it is none.</summary>
    public JsonObject Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode)document, (found, name) => found[name]!).AsObject() : node.AsObject();
}

/// <summary>One operation of the description.</summary>
internal sealed record PublishedOperation(string Method, string Path, JsonObject Node)
{
    public string Id => (string?)Node["operationId"] ?? "";

    public string Tag => (string)Node["tags"]!.AsArray().Single()!;

    public IEnumerable<JsonObject> Parameters => Node["parameters"]?.AsArray().Select(p => p!.AsObject()) ?? [];

    public IEnumerable<(int Status, JsonObject Response)> Responses =>
        Node["responses"]!.AsObject().Select(r => (int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture), r.Value!.AsObject()));

    /// <summary>Whether a request's path is one of this operation's.</summary>
    public bool Takes(string method, string path)
    {
        var (ours, theirs) = (Path.Trim('/').Split('/'), path.Trim('/').Split('/'));
        return method == Method && ours.Length == theirs.Length && ours.Zip(theirs).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    public override string ToString() => $"{Method} {Path}";
}
