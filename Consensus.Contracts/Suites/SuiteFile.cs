using System.IO.Compression;
using System.Text.Json;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Suites;

/// <summary>Reads answer suites: JSON lines in UTF-8, plain or gzip'd by the name's ending <c>.gz</c>.</summary>
public static class SuiteFile
{
    /// <summary>Reads the items one by one, so that a large suite need not fit in memory.</summary>
    /// <exception cref="InvalidDataException">A line is not an item; the message names the file and the line.</exception>
    public static IEnumerable<SuiteItem> Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, path, number);
            }
        }
    }

    private static SuiteItem Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ConsensusJson.Default.SuiteItem)
                ?? throw new InvalidDataException($"{path}, line {number}: an item is an object, not null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
        }
    }
}
