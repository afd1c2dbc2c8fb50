using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Schemas;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>
/// Holds what is sent and answered to the schemas of the description, by the service's own evaluator of JSON Schema. Stricter than the schemas themselves: a member
/// that they do not name is a fault, since the description is to name all.
/// </summary>
internal sealed class PublishedSchemas(PublishedApi api)
{
    /// <summary>Headers of the server, of caches and of browsers, which stand in docs/security.md or in HTTP itself.</summary>
    private static readonly string[] Common =
    [
        "Date", "Server", "Content-Type", "Content-Length", "Transfer-Encoding", "Cache-Control", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
        "Content-Security-Policy", "X-Accel-Buffering", "WWW-Authenticate", "Connection", "Vary",
    ];

    private const string EventStream = Consensus.ApiService.Http.Accepts.EventStream;

    private readonly Dictionary<string, AnswerSchema> read = [];

    /// <summary>The headers of a response that are this API's own.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Own(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers).Where(h => !Common.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
            .Select(h => KeyValuePair.Create(h.Key, string.Join(", ", h.Value))).OrderBy(h => h.Key, StringComparer.Ordinal);

    public void CheckRequest(PublishedOperation operation, JsonNode? body)
    {
        if (body is not null)
        {
            Check(operation.Node["requestBody"]!["content"]![Media.Json]!["schema"]!, body, $"the request of {operation}");
        }
    }

    /// <summary>Holds a response to its operation, and gives its media type.</summary>
    public string CheckResponse(PublishedOperation operation, HttpResponseMessage response, string text)
    {
        var described = operation.Responses.SingleOrDefault(r => r.Status == (int)response.StatusCode).Response;
        Assert.True(described is not null, $"{operation} answers {(int)response.StatusCode}, which it does not say: {text}");
        var undescribed = Own(response).Select(h => h.Key).Where(name => described["headers"]?.AsObject().Any(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) != true);
        Assert.True(!undescribed.Any(), $"{operation} {(int)response.StatusCode} has undescribed headers: {string.Join(", ", undescribed)}");
        if (text.Length == 0)
        {
            Assert.Null(described["content"]);
            return "";
        }

        var media = response.Content.Headers.ContentType!.MediaType!;
        var schema = described["content"]?[media]?["schema"];
        Assert.True(schema is not null, $"{operation} {(int)response.StatusCode} answers {media}, which it does not say.");
        if (media == EventStream)
        {
            CheckEvents(text, $"an event of {operation}");
        }
        else
        {
            Check(schema, JsonNode.Parse(text)!, $"the answer {(int)response.StatusCode} of {operation}");
        }

        return media == Problem.MediaType || media == ProvJson.MediaType ? Media.Json : media;
    }

    public void Check(JsonNode schema, JsonNode value, string what) =>
        Assert.True(Accepts(schema, value), $"{what} is not as its schema says: {Fault(schema, value, "$")}");

    private void CheckEvents(string text, string what)
    {
        var named = new Dictionary<string, string> { ["candidate"] = "CandidateBody", ["cluster"] = "ClustersSoFar", ["step"] = "StepBody", ["verdict"] = "ConsensusResponse", ["error"] = "ProblemBody" };
        foreach (var lines in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(block => block.Split('\n')))
        {
            if (lines.FirstOrDefault(l => l.StartsWith("event: ", StringComparison.Ordinal))?[7..] is { } name && named.TryGetValue(name, out var schema))
            {
                Check(new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" }, JsonNode.Parse(lines.Single(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..])!, what);
            }
        }
    }

    private bool Accepts(JsonNode schema, JsonNode? value)
    {
        var key = schema.ToJsonString();
        if (!read.TryGetValue(key, out var checking))
        {
            var violations = new Violations();
            using var whole = JsonDocument.Parse(Whole(schema).ToJsonString());
            read[key] = checking = AnswerSchema.Read(whole.RootElement, "schema", violations)
                ?? throw new InvalidOperationException($"{key}: {string.Join(" ", violations.Errors.Select(e => $"{e.Field} {e.Message}"))}");
        }

        using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return checking.Accepts(document.RootElement, out var isDecided) && isDecided;
    }

    /// <summary>A schema with those that it refers to, as one document.</summary>
    private JsonObject Whole(JsonNode schema)
    {
        var definitions = new JsonObject();
        var whole = Local(schema, definitions).AsObject();
        whole["$defs"] = definitions;
        return whole;
    }

    private JsonNode Local(JsonNode node, JsonObject definitions)
    {
        if (node is JsonArray items)
        {
            return new JsonArray([.. items.Select(item => item is null ? null : Local(item, definitions))]);
        }

        if (node is not JsonObject members)
        {
            return node.DeepClone();
        }

        var local = new JsonObject();
        foreach (var (name, value) in members.Where(m => m.Key is not ("description" or "format")))
        {
            if (name == "$ref")
            {
                var target = ((string)value!).Split('/')[^1];
                local[name] = $"#/$defs/{target}";
                if (!definitions.ContainsKey(target))
                {
                    definitions[target] = new JsonObject();
                    definitions[target] = Local(api.Component("schemas")[target]!, definitions);
                }
            }
            else
            {
                local[name] = name is "properties"
                    ? new JsonObject(value!.AsObject().Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Local(p.Value!, definitions))))
                    : value is null ? null : Local(value, definitions);
            }
        }

        if (local.ContainsKey("properties") && !local.ContainsKey("additionalProperties"))
        {
            local["additionalProperties"] = false;
        }

        return local;
    }

    /// <summary>The first member that does not fit, as far as it can be told.</summary>
    private string Fault(JsonNode schema, JsonNode? value, string path)
    {
        var at = api.Resolve(schema);
        at = at["oneOf"]?.AsArray().FirstOrDefault(one => (string?)one!["$ref"] is not null) is { } other ? api.Resolve(other) : at;
        if (value is JsonObject members && at["properties"]?.AsObject() is { } properties)
        {
            foreach (var (name, member) in members)
            {
                if (properties[name] is not { } named)
                {
                    return $"{path}.{name} is not described";
                }

                if (!Accepts(named, member))
                {
                    return Fault(named, member, $"{path}.{name}");
                }
            }
        }

        if (value is JsonArray items && at["items"] is { } item && items.FirstOrDefault(one => !Accepts(item, one)) is { } wrong)
        {
            return Fault(item, wrong, $"{path}[]");
        }

        return $"{path}: {value?.ToJsonString() ?? "null"} by {at.ToJsonString()}";
    }
}
