using Consensus.Contracts.Suites;

namespace Consensus.Testing;

/// <summary>The recorded answers of real models: the folder that <c>CONSENSUS_SUITES</c> names, else <c>shared/data</c> beside the repository.</summary>
internal static class SuiteFolder
{
    public static IReadOnlyList<SuiteItem> Read(string suite) => [.. SuiteFile.Read(PathOf(suite))];

    /// <summary>The file of a suite; the test is skipped where it is not there.</summary>
    public static string PathOf(string suite)
    {
        var folder = Environment.GetEnvironmentVariable("CONSENSUS_SUITES") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        var path = Path.Combine(folder, $"{suite}.jsonl.gz");
        Assert.SkipUnless(File.Exists(path), $"The suite {suite} is not there: set CONSENSUS_SUITES to the folder of the recorded answers.");
        return path;
    }
}
