using System.Globalization;
using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Versioning;

/// <summary>Whether a changed keyword of a schema breaks callers. A keyword that no rule knows does.</summary>
internal static class KeywordRules
{
    private static readonly HashSet<string> LowerBounds = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
    private static readonly HashSet<string> UpperBounds = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
    private static readonly HashSet<string> Narrowing = ["format", "pattern", "multipleOf", "uniqueItems", "items"];

    /// <param name="keyword">The keyword.</param>
    /// <param name="was">Its earlier value; <c>null</c> when it was not there.</param>
    /// <param name="now">Its later value, another than <paramref name="was"/>.</param>
    /// <param name="direction">Who writes what the schema describes.</param>
    public static bool Breaks(string keyword, JsonNode? was, JsonNode? now, Direction direction) => keyword switch
    {
        "deprecated" => false,
        // What a caller did not say would mean something else from now on. A response has no defaults.
        "default" => direction == Direction.Request && was is not null,
        "type" => !(direction == Direction.Request ? Covers(Types(now), Types(was)) : Covers(Types(was), Types(now))),
        "additionalProperties" => (IsOpen(was), IsOpen(now), direction) switch
        {
            (true, false, Direction.Request) => true,
            (false, true, Direction.Request) => false,
            (true, false, Direction.Response) => false,
            // Members that a caller does not know are passed over; only what is said of their values is lost.
            (false, true, Direction.Response) => now is null && was is not JsonValue,
            _ => true,
        },
        _ when LowerBounds.Contains(keyword) => IsNarrower(was, now, higher: true) != (direction == Direction.Response),
        _ when UpperBounds.Contains(keyword) => IsNarrower(was, now, higher: false) != (direction == Direction.Response),
        _ when Narrowing.Contains(keyword) => direction == Direction.Request ? now is not null : was is not null,
        _ => true,
    };

    /// <summary>Whether a bound lets through less than before; none lets everything through.</summary>
    private static bool IsNarrower(JsonNode? was, JsonNode? now, bool higher) => (was, now) switch
    {
        (null, _) => true,
        (_, null) => false,
        _ => Number(now) > Number(was) == higher,
    };

    private static decimal Number(JsonNode bound) => decimal.Parse(bound.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsOpen(JsonNode? additional) => additional is null || (additional is JsonValue value && value.TryGetValue<bool>(out var open) && open);

    /// <summary>The types that are named; none for any.</summary>
    private static string[]? Types(JsonNode? type) => type switch
    {
        null => null,
        JsonArray several => [.. several.Select(one => (string)one!)],
        _ => [(string)type!],
    };

    private static bool Covers(string[]? wide, string[]? narrow) =>
        wide is null || (narrow is not null && Array.TrueForAll(narrow, type => wide.Contains(type) || (type == "integer" && wide.Contains("number"))));
}
