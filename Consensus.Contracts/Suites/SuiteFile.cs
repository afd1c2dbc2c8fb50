using Consensus.Contracts.Json;

namespace Consensus.Contracts.Suites;

/// <summary>Reads answer suites: JSON lines in UTF-8, plain or gzip'd by the name's ending <c>.gz</c>.</summary>
public static class SuiteFile
{
    /// <summary>Reads the items one by one, so that a large suite need not fit in memory.</summary>
    /// <exception cref="InvalidDataException">A line is not an item; the message names the file and the line.</exception>
    public static IEnumerable<SuiteItem> Read(string path) => JsonLines.Read(path, ConsensusJson.Default.SuiteItem);
}
