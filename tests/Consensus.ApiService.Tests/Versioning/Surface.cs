using System.Text.Json.Nodes;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>
/// What version 1 promises, in a normal form: of the OpenAPI document what callers depend on, without its words and in one order, and the codes of the
/// catalogue. A schema that is named stands as its name.
/// </summary>
internal static class Surface
{
    private const string Start = "/v1/";
    private const string References = "#/components/";

    /// <summary>What may be said in other words without changing anything.</summary>
    private static readonly HashSet<string> Words = ["description", "title", "example", "examples", "summary", "externalDocs", "$comment"];

    private static readonly HashSet<string> Maps = ["properties", "patternProperties"];
    private static readonly HashSet<string> Choices = ["oneOf", "anyOf", "allOf"];

    /// <param name="document">The OpenAPI document, as it is served.</param>
    /// <param name="errors">The codes of errors.</param>
    /// <param name="violations">The codes of violations.</param>
    public static JsonObject Of(JsonNode document, IEnumerable<ErrorCode> errors, IEnumerable<FieldCode> violations)
    {
        var operations = Sorted(
            from path in document["paths"]!.AsObject()
            where path.Key.StartsWith(Start, StringComparison.Ordinal)
            from operation in path.Value!.AsObject()
            select ($"{operation.Key.ToUpperInvariant()} {path.Key}", Operation(operation.Value!)));
        var schemas = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        Reach(operations, document["components"]!["schemas"]!.AsObject(), schemas);
        return new JsonObject
        {
            ["operations"] = operations,
            ["headers"] = Headers(document),
            ["schemas"] = Sorted(schemas.Select(s => (s.Key, s.Value))),
            ["errors"] = Sorted(errors.Select(e => (e.Code, new JsonObject { ["status"] = e.Status, ["retryable"] = e.Retryable }))),
            ["violations"] = SortedTexts(violations.Select(v => (JsonNode)v.Code)),
        };
    }

    private static JsonObject Operation(JsonNode operation) => Kept(
        ("operationId", operation["operationId"]?.DeepClone()),
        ("deprecated", Flag(operation, "deprecated")),
        ("scopes", operation["security"] is JsonArray { Count: > 0 } ways ? SortedTexts(ways.Select(way => (JsonNode)Way(way!))) : null),
        ("parameters", operation["parameters"] is JsonArray { Count: > 0 } all ? Parameters(all) : null),
        ("request", operation["requestBody"] is { } body ? Kept(("required", Flag(body, "required")), ("content", Content(body))) : null),
        ("responses", Sorted(operation["responses"]!.AsObject().Select(r => (r.Key, Response(r.Value!))))));

    private static JsonObject Parameters(JsonArray all) => Sorted(all.Select(p => ($"{p!["in"]} {p["name"]}", Parameter(p))));

    /// <summary>The scopes that one way in needs, all of them; without scopes any key is one.</summary>
    private static string Way(JsonNode way) =>
        string.Join('+', way.AsObject().SelectMany(s => s.Value!.AsArray()).Select(s => (string)s!).Order(StringComparer.Ordinal));

    private static JsonObject Parameter(JsonNode parameter) => Kept(
        ("required", Flag(parameter, "required")),
        ("deprecated", Flag(parameter, "deprecated")),
        ("style", parameter["style"]?.DeepClone()),
        ("explode", parameter["explode"]?.DeepClone()),
        ("schema", parameter["schema"] is { } schema ? Schema(schema) : null));

    private static JsonObject Response(JsonNode response) => Kept(
        ("headers", response["headers"] is JsonObject { Count: > 0 } headers ? SortedTexts(headers.Select(h => (JsonNode)h.Key)) : null),
        ("content", Content(response)));

    /// <summary>What the headers of responses are. One that is two things could not be told from a change.</summary>
    /// <exception cref="InvalidOperationException">A header is not the same everywhere.</exception>
    private static JsonObject Headers(JsonNode document)
    {
        var sent = from path in document["paths"]!.AsObject()
                   where path.Key.StartsWith(Start, StringComparison.Ordinal)
                   from operation in path.Value!.AsObject()
                   from response in operation.Value!["responses"]!.AsObject()
                   from header in response.Value!["headers"] as JsonObject ?? []
                   let named = header.Value!["$ref"] is { } reference ? document["components"]!["headers"]![(string)Name(reference)!] : null
                   select (header.Key, Value: Parameter(named ?? header.Value!));
        return Sorted(sent.GroupBy(h => h.Key).Select(same => same.All(h => JsonNode.DeepEquals(h.Value, same.First().Value))
            ? (same.Key, same.First().Value)
            : throw new InvalidOperationException($"The header {same.Key} is not the same everywhere.")));
    }

    private static JsonObject? Content(JsonNode body) => body["content"] is JsonObject { Count: > 0 } content
        ? Sorted(content.Select(c => (c.Key, c.Value?["schema"] is { } schema ? Schema(schema) : new JsonObject())))
        : null;

    private static JsonNode Schema(JsonNode schema)
    {
        if (schema is not JsonObject members)
        {
            return schema.DeepClone();
        }

        var kept = members.Where(m => !Words.Contains(m.Key) && !m.Key.StartsWith("x-", StringComparison.Ordinal)).ToArray();
        return kept is [{ Key: "$ref" } named] ? Name(named.Value!) : Sorted(kept.Select(m => (m.Key, Keyword(m.Key, m.Value))));
    }

    private static JsonNode Keyword(string name, JsonNode? value) => (name, value) switch
    {
        ("$ref", { } reference) => Name(reference),
        ({ } map, JsonObject schemas) when Maps.Contains(map) => Sorted(schemas.Select(s => (s.Key, Schema(s.Value!)))),
        ({ } choice, JsonArray schemas) when Choices.Contains(choice) => SortedTexts(schemas.Select(s => Schema(s!))),
        ("required" or "enum", JsonArray words) => SortedTexts(words.Select(w => w?.DeepClone())),
        ("type", JsonArray { Count: 1 } only) => only[0]!.DeepClone(),
        ("type", JsonArray types) => SortedTexts(types.Select(t => t!.DeepClone())),
        ("items" or "additionalProperties" or "not", { } schema) => Schema(schema),
        _ => value?.DeepClone()!,
    };

    private static JsonNode Name(JsonNode reference) =>
        (string)reference! is var text && text.StartsWith(References, StringComparison.Ordinal) ? text[(text.LastIndexOf('/') + 1)..] : text;

    /// <summary>The named schemas that something names, and those that they name.</summary>
    private static void Reach(JsonNode? from, JsonObject named, SortedDictionary<string, JsonNode> reached)
    {
        foreach (var name in NamesIn(from).Where(named.ContainsKey))
        {
            if (!reached.ContainsKey(name))
            {
                reached[name] = Schema(named[name]!);
                Reach(reached[name], named, reached);
            }
        }
    }

    /// <summary>Every text that stands where a schema may: more than the names of schemas, and no name is missing.</summary>
    private static IEnumerable<string> NamesIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => NamesIn(m.Value)),
        JsonArray items => items.SelectMany(NamesIn),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static JsonNode? Flag(JsonNode of, string name) => (bool?)of[name] == true ? true : null;

    private static JsonObject Kept(params (string Name, JsonNode? Value)[] members) =>
        [.. members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Name, m.Value))];

    private static JsonObject Sorted<T>(IEnumerable<(string Name, T Value)> members)
        where T : JsonNode =>
        [.. members.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Value))];

    private static JsonArray SortedTexts(IEnumerable<JsonNode?> items) => [.. items.OrderBy(i => i?.ToJsonString() ?? "", StringComparer.Ordinal)];
}
