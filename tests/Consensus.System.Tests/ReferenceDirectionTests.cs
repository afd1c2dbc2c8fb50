using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Consensus.Testing;

namespace Consensus.SystemTests;

/// <summary>Who may know whom. Read from the project files and, for what is really used, from the compiled assemblies.</summary>
public class ReferenceDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Contracts"] = [],
        ["LanguageModels"] = ["Core", "Contracts"],
        ["Storage"] = ["Core", "Contracts"],
        ["ServiceDefaults"] = ["Contracts"],
        ["ApiService"] = ["Core", "Contracts", "LanguageModels", "Storage", "ServiceDefaults"],
        ["Scoring"] = ["Core", "Contracts", "LanguageModels", "ServiceDefaults"],
        ["Dashboard"] = ["Contracts", "ServiceDefaults"],
        ["ModelSimulator"] = ["Contracts"],
        ["Cli"] = ["Core", "Contracts", "Storage"],
        ["AppHost"] = ["ApiService", "Scoring", "Dashboard", "ModelSimulator"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Fact]
    public void EveryProjectOfTheSolutionHasARule()
    {
        var projects = Directory.GetDirectories(Repository.Root, "Consensus.*")
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(folder => Path.GetFileName(folder)["Consensus.".Length..]);
        Assert.Equal(Allowed.Keys.Order(), projects.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFileReferencesOnlyWhatItMay(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, $"Consensus.{project}", $"Consensus.{project}.csproj"));
        var references = file.Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))["Consensus.".Length..]);
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void AssemblyReferencesOnlyWhatItMay(string project)
    {
        using var stream = File.OpenRead(Repository.Assembly(project));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => name.StartsWith("Consensus.", StringComparison.Ordinal))
            .Select(name => name["Consensus.".Length..]);
        Assert.Empty(references.Except(Allowed[project]));
    }
}
