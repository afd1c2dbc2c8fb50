using System.Text.Json.Nodes;

namespace Consensus.Storage.Tests.Making;

/// <summary>Fills every member, and every text with a mark of its own, so that the file's bytes tell which members reached it.</summary>
/// <param name="mark">The text for the n-th mark; it must not be part of another mark's.</param>
internal sealed class CanaryFiller(Func<int, string> mark) : Filler
{
    private readonly List<(string Path, string Mark)> _marks = [];

    /// <summary>Every mark with the member that carries it; list positions are left out of the path.</summary>
    public IReadOnlyList<(string Path, string Mark)> Marks => _marks;

    protected override Random Random { get; } = new(1);

    public override bool Omits(string path) => false;

    public override int Count(string path) => 1;

    public override string Text(string path)
    {
        var text = mark(_marks.Count + 1000);
        _marks.Add((path.Replace("[0]", "[]", StringComparison.Ordinal).Replace("1", "", StringComparison.Ordinal), text));
        return text;
    }

    protected override JsonNode? AnyJson(string path) => new JsonObject
    {
        [Text(path + ".name")] = new JsonArray(Text(path + ".text"), new JsonObject { ["inner"] = Text(path + ".inner") }),
    };
}
