namespace Consensus.ApiService.Tests.Docs;

/// <summary>Files of the checkout that a test keeps true. <c>CONSENSUS_WRITE_DOCS=1</c> writes them instead.</summary>
internal static class Repository
{
    public static bool Writes { get; } = Environment.GetEnvironmentVariable("CONSENSUS_WRITE_DOCS") == "1";

    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Checks a generated file against what it should be.</summary>
    public static void Check(string path, string expected)
    {
        if (Writes)
        {
            File.WriteAllText(Path.Combine(Root, path), expected);
        }

        Assert.True(File.Exists(Path.Combine(Root, path)), $"{path} is missing. CONSENSUS_WRITE_DOCS=1 writes it.");
        Assert.True(expected == Read(path), $"{path} is stale. CONSENSUS_WRITE_DOCS=1 writes it anew.");
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Consensus.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from a build inside the checkout.");
    }
}
