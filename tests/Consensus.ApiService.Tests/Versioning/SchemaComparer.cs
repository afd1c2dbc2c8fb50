using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>Who writes what a schema describes: callers, who may go on as they did, or the service, whose words callers can read.</summary>
internal enum Direction
{
    /// <summary>May accept more, never less.</summary>
    Request,

    /// <summary>May say less than it could have, never more.</summary>
    Response,
}

/// <summary>Compares schemas in the normal form of <see cref="Surface"/>. A named schema is compared once in each direction in which it is used.</summary>
internal sealed class SchemaComparer(JsonObject before, JsonObject after, Differences found)
{
    /// <summary>Keywords whose texts are no names of schemas.</summary>
    private static readonly HashSet<string> Plain = ["required", "enum", "type", "format", "pattern", "default"];

    private readonly HashSet<(string Name, Direction Direction)> _compared = [];

    /// <summary>Compares the schemas that something names which is itself the same before and after.</summary>
    public void CompareNamed(JsonNode? same, Direction direction)
    {
        switch (same)
        {
            case JsonObject members:
                foreach (var (keyword, value) in members)
                {
                    if (!Plain.Contains(keyword))
                    {
                        CompareNamed(value, direction);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    CompareNamed(item, direction);
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var name):
                Named(name, direction);
                break;
        }
    }

    public void Compare(string where, JsonNode? was, JsonNode? now, Direction direction)
    {
        if (JsonNode.DeepEquals(was, now))
        {
            CompareNamed(was, direction);
            return;
        }

        var (a, b) = (Alternatives.Of(was), Alternatives.Of(now));
        if (a.IsNullable != b.IsNullable)
        {
            Change(direction, isWider: b.IsNullable, where, b.IsNullable ? "may be null now" : "may be null no longer");
        }

        var gone = a.Schemas.Where(one => !b.Schemas.Exists(other => JsonNode.DeepEquals(one, other))).ToList();
        var added = b.Schemas.Where(one => !a.Schemas.Exists(other => JsonNode.DeepEquals(one, other))).ToList();
        foreach (var same in a.Schemas.Except(gone))
        {
            CompareNamed(same, direction);
        }

        if (gone.Count == 1 && added.Count == 1)
        {
            One(where, gone[0], added[0], direction);
            return;
        }

        gone.ForEach(one => Change(direction, isWider: false, where, $"is {Shown(one)} no longer"));
        added.ForEach(one => Change(direction, isWider: true, where, $"may be {Shown(one)} now"));
    }

    private void One(string where, JsonNode was, JsonNode now, Direction direction)
    {
        switch (was, now)
        {
            case (JsonValue a, JsonValue b):
                // The same on the wire, perhaps; generated clients have types of these names.
                found.Breaking(where, $"{a} became {b}");
                break;
            case (JsonObject a, JsonObject b):
                Keywords(where, Alternatives.Typed(a), Alternatives.Typed(b), direction);
                break;
            default:
                var count = found.All.Count;
                Compare(where, Resolved(was, before), Resolved(now, after), direction);
                if (found.All.Count == count)
                {
                    found.Additive(where, $"is written as {Shown(now)} instead of {Shown(was)}");
                }

                break;
        }
    }

    private void Named(string name, Direction direction)
    {
        if (_compared.Add((name, direction)) && before.ContainsKey(name) && after.ContainsKey(name))
        {
            Compare(name, before[name], after[name], direction);
        }
    }

    private static JsonNode Resolved(JsonNode schema, JsonObject named) => schema is JsonValue name ? named[(string)name!] ?? new JsonObject() : schema;

    private void Keywords(string where, JsonObject was, JsonObject now, Direction direction)
    {
        foreach (var name in was.Select(m => m.Key).Union(now.Select(m => m.Key)).ToArray())
        {
            var (a, b) = (was[name], now[name]);
            switch (name)
            {
                case "properties" or "patternProperties":
                    Properties(where, a as JsonObject ?? [], b as JsonObject ?? [], direction);
                    break;
                case "required":
                    Required(where, Texts(a), Texts(b), direction);
                    break;
                case "items" or "additionalProperties" when IsSchema(a) && IsSchema(b):
                    Compare($"{where}{(name == "items" ? "[]" : ".*")}", a, b, direction);
                    break;
                case "oneOf" or "anyOf" or "allOf" when a is JsonArray some && b is JsonArray others && some.Count == others.Count:
                    foreach (var (one, other) in some.Zip(others))
                    {
                        Compare(where, one, other, direction);
                    }

                    break;
                case "enum":
                    Words(where, a as JsonArray, b as JsonArray, direction);
                    break;
                default:
                    if (!JsonNode.DeepEquals(a, b))
                    {
                        found.Add(KeywordRules.Breaks(name, a, b, direction), where, $"{name} {Shown(a)} became {Shown(b)}");
                    }

                    break;
            }
        }
    }

    private void Properties(string where, JsonObject was, JsonObject now, Direction direction)
    {
        foreach (var (name, schema) in was)
        {
            if (now.TryGetPropertyValue(name, out var other))
            {
                Compare($"{where}.{name}", schema, other, direction);
            }
            else
            {
                // Of a request it is refused from now on, since unknown members are; of a response callers miss it.
                found.Breaking($"{where}.{name}", "member removed");
            }
        }

        foreach (var (name, _) in now.Where(m => !was.ContainsKey(m.Key)))
        {
            found.Additive($"{where}.{name}", "member added");
        }
    }

    private void Required(string where, HashSet<string> was, HashSet<string> now, Direction direction)
    {
        foreach (var name in now.Except(was))
        {
            Change(direction, isWider: false, $"{where}.{name}", direction == Direction.Request ? "became required" : "is always there now");
        }

        foreach (var name in was.Except(now))
        {
            Change(direction, isWider: true, $"{where}.{name}", direction == Direction.Request ? "is required no longer" : "is not always there now");
        }
    }

    /// <summary>Words that callers may send must stay; of those that they read, they pass over the ones that they do not know.</summary>
    private void Words(string where, JsonArray? was, JsonArray? now, Direction direction)
    {
        var (a, b) = (Texts(was), Texts(now));
        foreach (var word in (string[])[.. was is null ? [] : a.Except(b), .. now is null ? [] : b.Except(a)])
        {
            var isGone = a.Contains(word);
            found.Add(direction == Direction.Request && isGone && now is not null, where, $"the word {word} was {(isGone ? "removed" : "added")}");
        }

        if (was is null != now is null)
        {
            found.Add(direction == Direction.Request && now is not null, where, now is null ? "takes any word now" : "takes a list of words only");
        }
    }

    private void Change(Direction direction, bool isWider, string where, string what) => found.Add(isWider == (direction == Direction.Response), where, what);

    /// <summary>A schema or the name of one; <c>true</c> and <c>false</c> are rules of their own.</summary>
    private static bool IsSchema(JsonNode? node) => node is JsonObject || (node is JsonValue value && value.TryGetValue<string>(out _));

    private static HashSet<string> Texts(JsonNode? words) => words is JsonArray all ? [.. all.Select(w => w?.ToString() ?? "null")] : [];

    private static string Shown(JsonNode? node) => node?.ToJsonString() ?? "nothing";
}
