using System.Text;

namespace Consensus.Cli.Tests.Benchmarks;

/// <summary>Judges suites made up for a test, in a folder that goes with it.</summary>
internal sealed class JudgesSuiteFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("judges");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, params string[] lines)
    {
        File.WriteAllText(PathOf(name), string.Join('\n', lines) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return PathOf(name);
    }

    /// <summary>
    /// Pairs that judges a, b, c and d judge: each is wrong on another quarter of them and sure of itself, so that any three are right together where the
    /// fourth is not.
    /// </summary>
    public string WritePanel(string name, int pairs, string strategy = "Plain") => Write(name, [.. Enumerable.Range(0, pairs).Select(i =>
    {
        var gold = (i / 4 % 2) + 1;
        return Pair($"{i:000}", gold, [.. "abcd".Select((judge, place) => ($"{judge}", strategy, i % 4 == place ? 3 - gold : gold))]);
    })]);

    public static string Pair(string id, int gold, params (string Judge, string Strategy, int Vote)[] votes) =>
        $$"""{"id":"{{id}}","gold":{{gold}},"judgements":[{{string.Join(',', votes.SelectMany(v => new[] { Judgement(v, "ab"), Judgement(v, "ba") }))}}]}""";

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Judgement((string Judge, string Strategy, int Vote) given, string order) =>
        $$"""{"judge":"{{given.Judge}}","strategy":"{{given.Strategy}}","order":"{{order}}","vote":{{given.Vote}}}""";
}
