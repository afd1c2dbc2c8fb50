using System.Text.Json.Nodes;

namespace Consensus.ApiService.Tests.Fuzz;

/// <summary>What a model might write at its worst; the same seed writes the same.</summary>
internal sealed class HostileTexts(int seed)
{
    private static readonly string[] Pieces =
    [
        "The answer is ", "**Final answer:** ", "#### ", "\\boxed{", "}", "{\"answer\": ", "```json\n", "```", "[[", "]]", "{", "1e999999", "-1/0", "1,2,3,4,5", "$1,234.50", "50%", "\\frac{1}{", "\\frac{",
        "(C)", "A", "B", "not ", "no", "yes", "true", "None", "'", "\"", "\\", "\\u0000", "\u0000", "\u0007", "\u202e", "\u200d", "\uFEFF", "\uD83D\uDE00", "e\u0301", "東京", "العربية", "²", "½", "٣", "0x1F", "1_000", "∞", "NaN",
        "lambda: 0", "set()", "{1, 2}", "(1,)", "b'\\x00'", "'''", "\n", "\r\n", "\t", " ", "<think>", "</think>", "I cannot answer that.", "999999999999999999999999999999999999999", ".0000000000000000001", "9^9^9^9", "sqrt(-1)", "\\left(", "...",
    ];

    private readonly Random _random = new(seed);

    public JsonObject Request()
    {
        var kind = Pick(["auto", "text", "number", "choice", "boolean", "json", "code"]);
        var answer = new JsonObject { ["kind"] = kind };
        if (kind == "choice")
        {
            answer["choices"] = new JsonArray("red", "A", "(B)", "none of the above", "\\boxed{1}");
        }
        else if (kind == "number" && _random.Next(2) == 0)
        {
            answer["tolerance"] = Pick([0.0, 1e-300, 1e300, 0.5]);
        }
        else if (kind == "json" && _random.Next(2) == 0)
        {
            answer["schema"] = JsonNode.Parse("""{"type":["object","array","number"],"properties":{"answer":{"$ref":"#"}},"items":{"$ref":"#"},"patternProperties":{"^(a+)+$":false}}""");
        }

        var answers = Enumerable.Range(0, _random.Next(1, 12)).Select(i => (JsonNode)new JsonObject { ["model"] = $"m{i % 5}", ["text"] = Text() });
        return new JsonObject { ["answers"] = new JsonArray([.. answers]), ["answer"] = answer, ["strategy"] = Pick(["majority", "supermajority", "unanimous", "weighted", "medoid"]) };
    }

    private string Text() => _random.Next(12) switch
    {
        0 => Repeat(90_000),
        1 => Repeat(5_000),
        2 => new string('[', _random.Next(1, 5_000)) + new string(']', _random.Next(1, 5_000)),
        3 => "\\boxed{" + string.Concat(Enumerable.Repeat("\\frac{1}{", _random.Next(1, 2_000))),
        4 => new string('9', _random.Next(1, 20_000)) + "." + new string('1', _random.Next(1, 2_000)),
        _ => string.Concat(Enumerable.Range(0, _random.Next(1, 60)).Select(_ => Pick(Pieces))),
    };

    private string Repeat(int most)
    {
        var piece = Pick(Pieces) + Pick(Pieces);
        return string.Concat(Enumerable.Repeat(piece, _random.Next(1, Math.Max(2, most / piece.Length))));
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
