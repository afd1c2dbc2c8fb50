using System.Text;
using System.Text.Json.Nodes;

namespace Consensus.SystemTests.Fuzz;

/// <summary>Makes wrong documents of right ones; the same random numbers make the same.</summary>
internal sealed class JsonMutator(Random random)
{
    /// <summary>Values that are legal JSON and seldom expected.</summary>
    private static readonly string[] Odd =
    [
        "null", "true", "[]", "{}", "\"\"", "0", "-0", "-1", "1e999", "-1e999", "1e-999", "9223372036854775808", "0.1e1", "123456789012345678901234567890", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u0000\"", "\"\\u202e\\u2028\"", "\"NaN\"", "[[[[[[[[[[]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":{}}}}", "[null]", "[1,\"a\",{}]", "\"$ref\"", "{\"$ref\":\"#\"}", "{\"\":0}", "{\"\\ud800\":1}",
        "\"\\ud83d\\ude00\"", "\"e\\u0301\\u0301\\u0301\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"(a+)+$\"",
    ];

    private static readonly string[] Names = ["prompt", "answers", "models", "text", "kind", "schema", "$ref", "", "__proto__", "version"];

    /// <summary>One or two changes, and now and then bytes that are no text.</summary>
    public byte[] Mutate(string valid)
    {
        var text = valid;
        for (var changes = random.Next(2); changes >= 0; changes--)
        {
            text = random.Next(4) == 0 ? Cut(text) : ReplaceNode(text);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        for (var flips = random.Next(8) == 0 ? random.Next(1, 5) : 0; flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>Removes, repeats or moves a piece of the text: mostly no JSON any more, sometimes a member that stands twice.</summary>
    private string Cut(string text)
    {
        var start = random.Next(text.Length + 1);
        var end = random.Next(start, Math.Min(text.Length, start + 40) + 1);
        return random.Next(3) switch
        {
            0 => text[..start] + text[end..],
            1 => text[..end] + text[start..],
            _ => text[..start] + Pick(Odd) + text[end..],
        };
    }

    /// <summary>Puts an odd value in the place of one member or item, or adds or removes one: still JSON, mostly wrong.</summary>
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
                case JsonObject { Count: > 0 } found when random.Next(8) > 0:
                    var name = found.ElementAt(random.Next(found.Count)).Key;
                    if (random.Next(6) == 0)
                    {
                        found.Remove(name);
                        return;
                    }

                    if (found[name] is null or JsonValue || random.Next(3) == 0)
                    {
                        found[name] = mark;
                        return;
                    }

                    at = found[name];
                    break;
                case JsonObject found:
                    found[random.Next(2) == 0 ? HostileText.Junk(random, 5) : Pick(Names)] = mark;
                    return;
                case JsonArray { Count: > 0 } list:
                    var i = random.Next(list.Count);
                    if (list[i] is null or JsonValue || random.Next(3) == 0)
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

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
