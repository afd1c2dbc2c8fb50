using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Consensus.ApiService.Tests.Documentation;

/// <summary>
/// Stands fixed values in the place of those that differ from run to run, and back: what an example calls the first id is whatever id came first when it is
/// replayed. Ids, cursors and secrets are known again in later requests; times, durations and sizes only have a fixed value.
/// </summary>
/// <param name="literals">Texts of the examples themselves, which stay as they are.</param>
/// <param name="more">Further members that hold a text which differs, and what stands for it.</param>
internal sealed partial class Aliases(IReadOnlySet<string> literals, IReadOnlyDictionary<string, string> more)
{
    private const string Ids = "0197f3c2-5a1b-7f44-8d0e-6c1b2a9e7d";
    private const string Noon = "2026-01-31T12:00:00Z";
    private const string RequestId = "0197f3c2-5a10-7c3e-9b1d-2f6a4e8c0b11";

    /// <summary>Members that hold a text which differs, and what stands for it.</summary>
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["requestId"] = RequestId,
        ["next"] = "MDE5N2YzYzItNWExYi03ZjQ0",
        ["secret"] = "csk_Rm9yIHRoZSBkb2N1bWVudGF0aW9uLCBub3QgYSBrZXk",
        ["hint"] = "csk_Rm9yIH",
    };

    /// <summary>Members that hold a number which differs.</summary>
    private static readonly Dictionary<string, double> Numbers = new()
    {
        ["totalMs"] = 249, ["slowestCallMs"] = 246.5, ["overheadMs"] = 2.5, ["latencyMs"] = 246.5, ["durationMs"] = 249, ["elapsedMs"] = 249, ["created"] = 1769860800,
        ["fileBytes"] = 315664, ["freeBytes"] = 0, ["bytesBefore"] = 315664, ["bytesAfter"] = 315664, ["seq"] = 1, ["entries"] = 1, ["sizeBytes"] = 434176,
    };

    private readonly Dictionary<string, string> aliases = [];
    private int ids;

    /// <summary>A text of an example as it is to be sent now.</summary>
    public string ToReal(string text) => aliases.Aggregate(text, static (sent, pair) => sent.Replace(pair.Value, pair.Key, StringComparison.Ordinal));

    public JsonNode? ToReal(JsonNode? node) => node is null ? null : JsonNode.Parse(ToReal(node.ToJsonString(ExampleFile.Compact)));

    /// <summary>An answer's body as its example shows it.</summary>
    public JsonNode? ToExample(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Member(m.Key, m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(ToExample)]),
        JsonValue value when value.TryGetValue<string>(out var text) => ToExample(text),
        // The last digits of a logarithm are the platform's own.
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => Round(value),
        _ => node?.DeepClone(),
    };

    /// <summary>A text of an answer as its example shows it; of events each by itself.</summary>
    public string ToExample(string text)
    {
        if (text.Contains("\ndata: ", StringComparison.Ordinal) || text.StartsWith("data: ", StringComparison.Ordinal))
        {
            return string.Join('\n', text.Split('\n').Select(line => line.StartsWith("data: {", StringComparison.Ordinal)
                ? "data: " + ToExample(JsonNode.Parse(line[6..]))!.ToJsonString(ExampleFile.Compact) : line));
        }

        // What was known before, as a version inside of an entity tag, and then what is an id by its form.
        var known = aliases.Aggregate(text, static (told, pair) => told.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
        var shown = !literals.Contains(text) && Time().IsMatch(text) ? Noon : Instant().Replace(known, Noon);
        return Id().Replace(shown, found => Alias(found.Value, Numbered));
    }

    private JsonNode? Member(string name, JsonNode? value)
    {
        if (value is JsonValue one)
        {
            if ((Texts.TryGetValue(name, out var text) || more.TryGetValue(name, out text)) && one.TryGetValue<string>(out var real))
            {
                return name is "requestId" ? text : Alias(real, _ => text);
            }

            if (Numbers.TryGetValue(name, out var number) && one.GetValueKind() == System.Text.Json.JsonValueKind.Number)
            {
                return Round(JsonValue.Create(number));
            }
        }

        return ToExample(value);
    }

    private string Alias(string real, Func<int, string> make)
    {
        if (aliases.ContainsValue(real))
        {
            return real;
        }

        if (!aliases.TryGetValue(real, out var alias))
        {
            aliases[real] = alias = make(ids + 1);
            ids += alias.StartsWith(Ids, StringComparison.Ordinal) ? 1 : 0;
        }

        return alias;
    }

    private static string Numbered(int number) => $"{Ids}{number:x2}";

    private static JsonValue Round(JsonValue value)
    {
        // A whole number may be larger than a double tells exactly.
        if (value.ToJsonString() is var written && !written.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return value.DeepClone().AsValue();
        }

        var rounded = Math.Round(value.GetValue<double>(), 12);
        return rounded == Math.Truncate(rounded) && Math.Abs(rounded) < 1e15 ? JsonValue.Create((long)rounded) : JsonValue.Create(rounded);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Time();

    /// <summary>A time to the last digit within a sentence: a moment of this run, not one that an example chose.</summary>
    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}(Z|\+00:00)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Instant();
}
