using System.IO.Compression;
using System.Text.Json;

namespace Consensus.Cli.Tests.Benchmarks.Answers;

/// <summary>Small suites in a folder of their own.</summary>
internal sealed class SuiteWriter : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench");

    public void Dispose() => _folder.Delete(recursive: true);

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, params IEnumerable<string> rows)
    {
        var path = PathOf(name);
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        using var writer = new StreamWriter(file);
        foreach (var row in rows)
        {
            writer.Write(row + "\n");
        }

        return path;
    }

    /// <summary>A question of kind number; the models are a, b, c and so on. A <c>null</c> is a failed call.</summary>
    public static string Row(string id, string gold, params string?[] answers) => Row(id, gold, null, answers);

    public static string Row(string id, string gold, string? category, string?[] answers) => JsonSerializer.Serialize(new
    {
        id,
        kind = "number",
        category,
        question = "How many?",
        gold,
        responses = answers.Select(static (text, i) => new { model = $"{(char)('a' + i)}", text }),
    });

    /// <summary>Questions of three models, of which the first so many are answered wrong by two of them.</summary>
    public static IEnumerable<string> Rows(int count, int wrong) =>
        Enumerable.Range(0, count).Select(i => Row($"q{i}", "4", i < wrong ? ["5", "The answer is 5.", "4"] : ["4", "The answer is 4.", "5"]));
}
