using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consensus.Core.Benchmarks;
using Consensus.Core.Deciding;

namespace Consensus.Cli.Benchmarks.Answers;

/// <summary>
/// The results of an unfinished run: a file of JSON lines beside its output, which a run with the same data and options takes up and the finished run removes.
/// Results are keyed by the data's hash, the options and the build that decided, so that no other run takes them for its own.
/// </summary>
internal sealed class PartialResults : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;
    private readonly ILookup<string, QuestionResult> _known;

    private PartialResults(string path, ILookup<string, QuestionResult> known)
    {
        (_path, _known) = (path, known);
        _writer = new StreamWriter(path, append: true);
    }

    /// <summary>Opens the file beside an output, and reads what an unfinished run left there.</summary>
    public static PartialResults Beside(string output)
    {
        var path = output + ".partial";
        var known = Lines(path).ToLookup(static line => line.Key, static line => line.Result, StringComparer.Ordinal);
        return new PartialResults(path, known);
    }

    /// <summary>The results of this very run that are there already, by question id.</summary>
    public Dictionary<string, QuestionResult> Known(string key)
    {
        Dictionary<string, QuestionResult> known = new(StringComparer.Ordinal);
        foreach (var result in _known[key])
        {
            known[result.Id] = result;
        }

        return known;
    }

    public void Add(string key, IReadOnlyList<QuestionResult> results)
    {
        foreach (var result in results)
        {
            // A line that a stopped run left half-written must not swallow the next.
            _writer.Write('\n');
            _writer.Write(JsonSerializer.Serialize(new PartialLine(key, result), PartialJson.Default.PartialLine));
        }

        _writer.Flush();
    }

    /// <summary>The run is finished: nothing is left to take up.</summary>
    public void Remove()
    {
        _writer.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>What results depend on.</summary>
    public static string KeyOf(AnswerSuite suite, ReplayOptions options)
    {
        var build = typeof(Decider).Module.ModuleVersionId;
        var text = $"{suite.DataSha256}|{build}|{options with { Limit = null }}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static IEnumerable<PartialLine> Lines(string path)
    {
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (Parse(line) is { Key: not null, Result: not null } parsed)
            {
                yield return parsed;
            }
        }
    }

    private static PartialLine? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, PartialJson.Default.PartialLine);
        }
        catch (JsonException)
        {
            return null; // the line at which a run was stopped
        }
    }
}

/// <summary>One result of one run.</summary>
internal sealed record PartialLine(string Key, QuestionResult Result);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PartialLine))]
internal sealed partial class PartialJson : JsonSerializerContext;
