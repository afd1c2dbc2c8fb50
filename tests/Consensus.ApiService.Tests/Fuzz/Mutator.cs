using System.Text;
using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Fuzz;

/// <summary>Makes wrong requests of right ones; the same seed makes the same.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Asks =
    [
        """{"prompt":"What is 17 * 23?","answer":{"kind":"number","tolerance":0.5},"samplesPerModel":2,"deadlineMs":5000,"earlyStop":"certain","seed":7,"temperature":0.5}""",
        """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Is 7 prime?"}]}],"models":["sim/ada","sim/boole"],"strategy":"weighted","reliability":{"sim/ada":0.9},"maxCostUsd":1}""",
        """{"prompt":"Pick one.","answer":{"kind":"choice","choices":["red","green"]},"strategy":"unanimous","minResponses":1,"panel":"default","tags":["a"],"metadata":{"k":"v"},"include":["candidates"],"category":"c","judge":false,"maxOutputTokens":64}""",
        """{"prompt":"Give JSON.","answer":{"kind":"json","schema":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"number","minimum":0}}}},"models":["sim/ada"],"strategy":"self_consistency","samplesPerModel":3,"earlyStop":"adaptive"}""",
    ];

    private static readonly string[] Aggregates =
    [
        """{"answers":[{"model":"a","text":"42"},{"model":"b","family":"f","text":"The answer is 42."},{"model":"c","error":"timeout"}],"prompt":"x","quorum":0.6,"answer":{"kind":"number"}}""",
        """{"answers":[{"model":"a","text":"(B)"},{"model":"b","text":"b"}],"answer":{"choices":["x","y"]},"strategy":"weighted","reliability":{"a":0.7},"minResponses":1,"include":[],"tags":[],"metadata":{}}""",
    ];

    /// <summary>Values that are legal JSON and seldom expected.</summary>
    private static readonly string[] Odd =
    [
        "null", "true", "[]", "{}", "\"\"", "0", "-0", "-1", "1e999", "-1e999", "1e-999", "9223372036854775808", "0.1e1", "123456789012345678901234567890", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u0000\"", "\"\\u202e\\u2028\"", "\"NaN\"", "[[[[[[[[[[]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":{}}}}", "[null]", "[1,\"a\",{}]", "\"$ref\"", "{\"$ref\":\"#\"}", "{\"\":0}", "{\"\\ud800\":1}",
        "\"\\ud83d\\ude00\"", "\"e\\u0301\\u0301\\u0301\"",
    ];

    private static readonly string[] ContentTypes = ["application/json", "application/json; charset=utf-8", "application/json;;", "text/plain", "", "application/json; charset=\"", "multipart/form-data; boundary=x"];
    private static readonly string[] AcceptHeaders = ["*/*", "application/json", "text/event-stream", "text/html", ";;;", "application/json;q=2", ",,,", "text/event-stream;q=0"];
    private static readonly string[] Queries = ["limit=1", "limit=-1", "limit=99999999999999", "from=2026-01-01T00:00:00Z", "from=9999-12-31T23:59:59.9999999-14:00", "to=%00", "outcome=consensus", "cursor=AAAA", "cursor=%F0%9F%98%80", "tag=%ED%A0%80", "x", "=", "&&", "tag=a&tag=b", "model=%25", "strategy='"];

    private readonly Random _random = new(seed);

    public HttpRequestMessage Next()
    {
        if (_random.Next(10) == 0)
        {
            return new HttpRequestMessage(HttpMethod.Get, $"/v1/runs{(_random.Next(4) == 0 ? "/" + Uri.EscapeDataString(Junk(20)) : "")}?{string.Join('&', Several(Queries))}");
        }

        var isAsk = _random.Next(2) == 0;
        var body = Body(isAsk ? Asks : Aggregates);
        var request = new HttpRequestMessage(HttpMethod.Post, isAsk ? "/v1/consensus" : "/v1/consensus/aggregate") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(10) == 0 ? Pick(ContentTypes) : "application/json");
        request.Headers.TryAddWithoutValidation("Accept", _random.Next(8) == 0 ? Pick(AcceptHeaders) : "application/json");
        if (_random.Next(8) == 0)
        {
            request.Headers.TryAddWithoutValidation("X-Request-Id", new string((char)_random.Next(32, 127), _random.Next(200)));
        }

        return request;
    }

    private byte[] Body(string[] valid)
    {
        var text = Pick(valid);
        for (var mutations = _random.Next(2); mutations >= 0; mutations--)
        {
            text = _random.Next(4) == 0 ? Cut(text) : ReplaceNode(text);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        for (var flips = _random.Next(6) == 0 ? _random.Next(1, 5) : 0; flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    /// <summary>Removes, repeats or moves a piece of the text: mostly no JSON any more, sometimes a member that stands twice.</summary>
    private string Cut(string text)
    {
        var start = _random.Next(text.Length + 1);
        var end = _random.Next(start, Math.Min(text.Length, start + 40) + 1);
        return _random.Next(3) switch
        {
            0 => text[..start] + text[end..],
            1 => text[..end] + text[start..],
            _ => text[..start] + Pick(Odd) + text[end..],
        };
    }

    /// <summary>Puts an odd value in the place of one member or item, or adds one: still JSON, mostly wrong.</summary>
    private string ReplaceNode(string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException)
        {
            return Cut(text);
        }

        // The mark is replaced in the text, so that the odd value may be something that a JsonNode cannot hold.
        const string Mark = "\"@@odd@@\"";
        try
        {
            Place(root, JsonNode.Parse(Mark)!);
            return (root?.ToJsonString() ?? "null").Replace(Mark, Pick(Odd), StringComparison.Ordinal);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return Cut(text);
        }
    }

    private void Place(JsonNode? at, JsonNode mark)
    {
        while (true)
        {
            switch (at)
            {
                case JsonObject { Count: > 0 } found when _random.Next(8) > 0:
                    var name = found.ElementAt(_random.Next(found.Count)).Key;
                    if (found[name] is null or JsonValue || _random.Next(3) == 0)
                    {
                        found[name] = mark;
                        return;
                    }

                    at = found[name];
                    break;
                case JsonObject found:
                    found[_random.Next(2) == 0 ? Junk(5) : Pick(["prompt", "answers", "models", "text", "kind", "schema"])] = mark;
                    return;
                case JsonArray { Count: > 0 } list:
                    var i = _random.Next(list.Count);
                    if (list[i] is null or JsonValue || _random.Next(3) == 0)
                    {
                        list[i] = mark;
                        return;
                    }

                    at = list[i];
                    break;
                case JsonArray list:
                    list.Add(mark);
                    return;
                default:
                    return;
            }
        }
    }

    private string Junk(int most) => string.Concat(Enumerable.Range(0, _random.Next(1, most)).Select(_ => (char)_random.Next(32, 0x250)));

    private IEnumerable<string> Several(string[] from) => Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(from));

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
