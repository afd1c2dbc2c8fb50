using System.Text;

namespace Consensus.Testing;

/// <summary>Where things lie in the checkout, and those of its files that tests hold to the code.</summary>
internal static class Repository
{
    private const string WriteVariable = "CONSENSUS_WRITE_DOCS";

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Whether generated files are to be written instead of checked.</summary>
    public static bool Writes { get; } = Environment.GetEnvironmentVariable(WriteVariable) == "1";

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Fails when a file is not as generated; with <c>CONSENSUS_WRITE_DOCS=1</c> writes it instead.</summary>
    public static void Check(string path, string generated)
    {
        var file = Path.Combine(Root, path);
        if (Writes)
        {
            File.WriteAllText(file, generated, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.True(File.Exists(file), $"{path} is missing. {WriteVariable}=1 writes it.");
        foreach (var (line, (stands, should)) in Read(path).Split('\n').Zip(generated.Split('\n')).Index())
        {
            Assert.True(stands == should, $"{path} is stale from line {line + 1} on. {WriteVariable}=1 writes it anew. There stands\n{stands}\nin place of\n{should}");
        }

        Assert.True(Read(path) == generated, $"{path} is stale at its end. {WriteVariable}=1 writes it anew.");
    }

    /// <summary>The built assembly of a project, in the configuration of this test run.</summary>
    public static string Assembly(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var name = project == "Cli" ? "consensus" : $"Consensus.{project}";
        return Path.Combine(Root, "artifacts", "bin", $"Consensus.{project}", configuration, $"{name}.dll");
    }

    private static string FindRoot()
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
