using System.Text;

namespace Consensus.Storage.Tests;

/// <summary>The files of the repository that tests hold to the code.</summary>
internal static class RepositoryFiles
{
    private const string WriteVariable = "CONSENSUS_WRITE_DOCS";

    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Fails when the file is not as generated; with <c>CONSENSUS_WRITE_DOCS=1</c> writes it instead.</summary>
    public static void AssertGenerated(string path, string generated)
    {
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            File.WriteAllText(Path.Combine(Root, path), generated, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.True(
            File.Exists(Path.Combine(Root, path)) && Read(path) == generated,
            $"{path} is stale. Write it anew with: {WriteVariable}=1 dotnet test --project tests/Consensus.Storage.Tests");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Consensus.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
