using System.Text.Json.Nodes;

namespace Consensus.Storage.Tests.Making;

/// <summary>Anything the contract allows, from a seed.</summary>
internal sealed class RandomFiller(int seed) : Filler
{
    private static readonly string[] Words =
    [
        "Paris", "17 × 23 = 391", "", " ", "null", "'; DROP TABLE runs; --", "\"quoted\" \\ back/slash", "línea\r\nnueva\ttab", "東京は首都です", "قاهرة",
        "👩‍👩‍👧‍👦🇫🇷", "e\u0301", "$1,234.50", "\\boxed{18}", "<script>&amp;</script>", "\u2028\u2029", "nul\0inside", "\u0001\u001f\u007f", "@name $name :name ?1",
    ];

    private int _key;

    protected override Random Random { get; } = new(seed);

    public override bool Omits(string path) => Random.Next(3) == 0;

    public override int Count(string path) => Random.Next(4);

    public override string Text(string path)
    {
        var text = Words[Random.Next(Words.Length)];
        if (path.Contains(".key", StringComparison.Ordinal))
            return $"{text}{_key++}"; // names in an object are distinct
        return Random.Next(20) == 0 ? string.Concat(Enumerable.Repeat(text, 500)) : text;
    }

    protected override JsonNode? AnyJson(string path) => Random.Next(6) switch
    {
        0 => Random.Next(),
        1 => JsonNode.Parse("1.250e3"),
        2 => Random.Next(2) == 0,
        3 => Text(path),
        4 => new JsonArray(Text(path), null, Random.NextDouble()),
        _ => new JsonObject { ["type"] = "object", ["länge"] = new JsonObject { [Text(path)] = Text(path) } },
    };
}
