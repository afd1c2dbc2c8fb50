using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>
/// What changed between two surfaces, and whether it would break a caller of the earlier one. The rules are those of <c>docs/versioning.md</c>: requests may be
/// widened and responses narrowed, and whatever no rule knows is breaking.
/// </summary>
internal sealed class SurfaceComparer
{
    private readonly Differences _found = new();
    private readonly SchemaComparer _schemas;

    private SurfaceComparer(JsonObject before, JsonObject after) =>
        _schemas = new SchemaComparer(before["schemas"]!.AsObject(), after["schemas"]!.AsObject(), _found);

    public static IReadOnlyList<Difference> Compare(JsonObject before, JsonObject after)
    {
        var comparer = new SurfaceComparer(before, after);
        comparer.Operations(before["operations"]!.AsObject(), after["operations"]!.AsObject());
        comparer.Headers(before["headers"]!.AsObject(), after["headers"]!.AsObject());
        comparer.Errors(before["errors"]!.AsObject(), after["errors"]!.AsObject());
        comparer.Each("violations", Words(before["violations"]), Words(after["violations"]), "violation", static _ => false);
        if (comparer._found.All.Count == 0 && SurfaceText.Of(before) != SurfaceText.Of(after))
        {
            comparer._found.Breaking("surface", "changed in a way that no rule knows");
        }

        return comparer._found.All;
    }

    private void Operations(JsonObject before, JsonObject after) => Each("operations", before, after, "operation", static _ => false, (where, was, now) =>
    {
        if (JsonNode.DeepEquals(was, now))
        {
            _schemas.CompareNamed(was["parameters"], Direction.Request);
            _schemas.CompareNamed(was["request"], Direction.Request);
            _schemas.CompareNamed(was["responses"], Direction.Response);
            return;
        }

        if ((string?)was["operationId"] != (string?)now["operationId"])
        {
            _found.Breaking(where, $"operationId {was["operationId"]} became {now["operationId"]}");
        }

        if ((bool?)was["deprecated"] != (bool?)now["deprecated"])
        {
            _found.Additive(where, now["deprecated"] is null ? "no longer deprecated" : "deprecated");
        }

        Scopes(where, was["scopes"], now["scopes"]);
        Each(where, Members(was["parameters"]), Members(now["parameters"]), "parameter", static p => (bool?)p["required"] == true, Parameter);
        Request(where, was["request"], now["request"]);
        Each(where, Members(was["responses"]), Members(now["responses"]), "response", static _ => false, Response);
    });

    /// <summary>Whoever was let in still is: for each way in there was, one that needs no more. Without scopes nobody needs a key.</summary>
    private void Scopes(string where, JsonNode? was, JsonNode? now)
    {
        if (JsonNode.DeepEquals(was, now))
        {
            return;
        }

        var (before, after) = (Ways(was), Ways(now));
        var isTighter = now is not null && (was is null || !before.TrueForAll(way => after.Exists(way.IsSupersetOf)));
        _found.Add(isTighter, where, $"needs {now?.ToJsonString() ?? "no key"} instead of {was?.ToJsonString() ?? "no key"}");
    }

    private static List<HashSet<string>> Ways(JsonNode? scopes) =>
        [.. (scopes as JsonArray ?? []).Select(way => ((string)way!).Split('+', StringSplitOptions.RemoveEmptyEntries).ToHashSet())];

    private void Parameter(string where, JsonNode was, JsonNode now)
    {
        Required(where, was, now, Direction.Request);
        foreach (var name in (string[])["style", "explode"])
        {
            if (!JsonNode.DeepEquals(was[name], now[name]))
            {
                _found.Breaking(where, $"{name} changed");
            }
        }

        if ((bool?)was["deprecated"] != (bool?)now["deprecated"])
        {
            _found.Additive(where, now["deprecated"] is null ? "no longer deprecated" : "deprecated");
        }

        _schemas.Compare(where, was["schema"], now["schema"], Direction.Request);
    }

    private void Request(string where, JsonNode? was, JsonNode? now)
    {
        where += " request";
        switch (was, now)
        {
            case (null, null):
                break;
            case (null, { } added):
                _found.Add((bool?)added["required"] == true, where, "body added");
                break;
            case (not null, null):
                _found.Breaking(where, "body removed");
                break;
            default:
                Required(where, was!, now!, Direction.Request);
                Content(where, was!, now!, Direction.Request);
                break;
        }
    }

    private void Response(string where, JsonNode was, JsonNode now)
    {
        Each(where, Words(was["headers"]), Words(now["headers"]), "header", static _ => false);
        Content(where, was, now, Direction.Response);
    }

    /// <summary>Of headers that are sent before and after; that one is not sent any more is said where.</summary>
    private void Headers(JsonObject before, JsonObject after)
    {
        foreach (var (name, was) in before.Where(m => after.ContainsKey(m.Key)))
        {
            Required($"header {name}", was!, after[name]!, Direction.Response);
            _schemas.Compare($"header {name}", was!["schema"], after[name]!["schema"], Direction.Response);
        }
    }

    private void Content(string where, JsonNode was, JsonNode now, Direction direction) =>
        Each(where, Members(was["content"]), Members(now["content"]), "media type", static _ => false, (at, a, b) => _schemas.Compare(at, a, b, direction));

    private void Required(string where, JsonNode was, JsonNode now, Direction direction)
    {
        var (before, after) = ((bool?)was["required"] == true, (bool?)now["required"] == true);
        if (before != after)
        {
            _found.Add(after == (direction == Direction.Request), where, after ? "became required" : "is required no longer");
        }
    }

    private void Errors(JsonObject before, JsonObject after) => Each("errors", before, after, "code", static _ => false, (where, was, now) =>
    {
        foreach (var name in (string[])["status", "retryable"])
        {
            if (!JsonNode.DeepEquals(was[name], now[name]))
            {
                _found.Breaking(where, $"{name} {was[name]} became {now[name]}");
            }
        }
    });

    /// <summary>What is gone breaks; what is new does not, unless it is demanded; what is there in both is compared.</summary>
    private void Each(
        string where, JsonObject before, JsonObject after, string kind, Func<JsonNode, bool> isDemanded, Action<string, JsonNode, JsonNode>? compare = null)
    {
        foreach (var (name, was) in before)
        {
            if (after.TryGetPropertyValue(name, out var now))
            {
                compare?.Invoke(where == "operations" ? name : $"{where} {name}", was!, now!);
            }
            else
            {
                _found.Breaking(where, $"{kind} {name} removed");
            }
        }

        foreach (var (name, now) in after.Where(m => !before.ContainsKey(m.Key)))
        {
            var demanded = isDemanded(now!);
            _found.Add(demanded, where, $"{kind} {name} added{(demanded ? ", required" : "")}");
        }
    }

    private static JsonObject Members(JsonNode? of) => of as JsonObject ?? [];

    private static JsonObject Words(JsonNode? of) => [.. (of as JsonArray ?? []).Select(word => KeyValuePair.Create((string)word!, (JsonNode?)true))];
}
