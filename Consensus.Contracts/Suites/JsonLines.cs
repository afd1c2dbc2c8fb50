using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Consensus.Contracts.Suites;

/// <summary>Reads JSON lines in UTF-8, plain or gzip'd by the name's ending <c>.gz</c>.</summary>
public static class JsonLines
{
    /// <summary>Reads the items one by one, so that a large file need not fit in memory. Empty lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A line is not an item; the message names the file and the line.</exception>
    public static IEnumerable<T> Read<T>(string path, JsonTypeInfo<T> type)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, type, path, number);
            }
        }
    }

    private static T Parse<T>(string line, JsonTypeInfo<T> type, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new InvalidDataException($"{path}, line {number}: an item is an object, not null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
        }
    }
}
