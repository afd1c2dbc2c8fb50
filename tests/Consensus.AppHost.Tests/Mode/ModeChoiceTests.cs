using System.IO.Compression;
using System.Text.RegularExpressions;
using Consensus.Testing;

namespace Consensus.AppHost.Tests.Mode;

/// <summary>The choice between Aspire and the standalone mode, tried with stand-ins for Aspire's packages.</summary>
public sealed partial class ModeChoiceTests : IDisposable
{
    private const string Unavailable = "is not to be had from the configured package sources";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-mode-");

    [Fact]
    public async Task AnSdkInTheCacheSwitchesTheAppHostToAspire()
    {
        var packages = Path.Combine(_folder.FullName, "packages");
        WriteSdk(Path.Combine(packages, "aspire.apphost.sdk", Version, "Sdk"));

        var evaluated = await AppHostProjectAsync(packages);

        Assert.Contains("\"UseAspire\": \"true\"", evaluated, StringComparison.Ordinal);
        Assert.Contains("\"SdkPropsSeen\": \"yes\"", evaluated, StringComparison.Ordinal);
        Assert.Contains("\"SdkTargetsSeen\": \"yes\"", evaluated, StringComparison.Ordinal);
        Assert.Contains("Aspire.Hosting.AppHost", evaluated, StringComparison.Ordinal);
        Assert.Contains("AppHost.cs", evaluated, StringComparison.Ordinal);
        Assert.DoesNotContain("Standalone", evaluated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAnSdkTheAppHostIsStandalone()
    {
        var evaluated = await AppHostProjectAsync(Path.Combine(_folder.FullName, "packages"));

        Assert.Contains("\"UseAspire\": \"\"", evaluated, StringComparison.Ordinal);
        Assert.DoesNotContain("Aspire.Hosting.AppHost", evaluated, StringComparison.Ordinal);
        Assert.Contains("Standalone", evaluated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARestoreThatCanFetchThePackagesIsInAspireModeAtOnce()
    {
        var project = WriteSolution();
        foreach (var package in (string[])["Aspire.AppHost.Sdk", "Aspire.Hosting.AppHost", "Aspire.Hosting.Redis", "Aspire.StackExchange.Redis"])
        {
            WritePackage(package);
        }

        var (code, output) = await RestoreAsync(project);

        Assert.True(code == 0, output);
        Assert.DoesNotContain(Unavailable, output, StringComparison.Ordinal);
        var assets = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "artifacts", "obj", "App", "project.assets.json"), TestContext.Current.CancellationToken);
        Assert.Contains($"Aspire.Hosting.AppHost/{Version}", assets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARestoreThatCannotFetchThemSaysSoOnceAndRemembersIt()
    {
        var project = WriteSolution();

        var (firstCode, first) = await RestoreAsync(project);
        var (secondCode, second) = await RestoreAsync(project);

        Assert.True(firstCode == 0, first);
        Assert.True(secondCode == 0, second);
        Assert.Single(first.Split('\n'), line => line.Contains(Unavailable, StringComparison.Ordinal));
        Assert.DoesNotContain(Unavailable, second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTryCanBeSkipped()
    {
        var (code, output) = await RestoreAsync(WriteSolution(), "-p:UseAspire=false");

        Assert.True(code == 0, output);
        Assert.DoesNotContain(Unavailable, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "artifacts", "obj", "FetchAspire")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Version { get; } = AspireVersion().Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"))).Groups["version"].Value;

    private static async Task<string> AppHostProjectAsync(string packages)
    {
        var (code, output) = await DotNet.RunAsync(
            packages,
            "msbuild", Path.Combine(Repository.Root, "Consensus.AppHost", "Consensus.AppHost.csproj"),
            "-getProperty:UseAspire", "-getProperty:SdkPropsSeen", "-getProperty:SdkTargetsSeen", "-getItem:PackageReference", "-getItem:Compile");
        Assert.True(code == 0, output);
        return WithoutMetadata(output);
    }

    // What identifies an item is enough: its other metadata name files of the SDK's and of the defining project.
    private static string WithoutMetadata(string json) => string.Join('\n', json.Split('\n').Where(line => !line.Contains("\"DefiningProject", StringComparison.Ordinal)));

    private Task<(int Code, string Output)> RestoreAsync(string project, params string[] more) =>
        DotNet.RunAsync(Path.Combine(_folder.FullName, "packages"), ["restore", project, .. more]);

    /// <summary>This repository's way to choose, with a project that asks for one of the packages.</summary>
    private string WriteSolution()
    {
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "eng/Aspire.targets", "eng/aspire/FetchAspire.csproj"])
        {
            var copy = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }

        var feed = Directory.CreateDirectory(Path.Combine(_folder.FullName, "feed"));
        File.WriteAllText(
            Path.Combine(_folder.FullName, "NuGet.config"),
            $"""<configuration><packageSources><clear /><add key="feed" value="{feed.FullName}" /></packageSources></configuration>""");
        var project = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "App")).FullName, "App.csproj");
        File.WriteAllText(
            project,
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <PackageReference Remove="Meziantou.Analyzer" />
                <PackageReference Include="Aspire.Hosting.AppHost" Condition="'$(UseAspire)' == 'true'" />
              </ItemGroup>
            </Project>
            """);
        return project;
    }

    private void WritePackage(string id)
    {
        using var package = ZipFile.Open(Path.Combine(_folder.FullName, "feed", $"{id}.{Version}.nupkg"), ZipArchiveMode.Create);
        Write($"{id}.nuspec", $"""<package><metadata><id>{id}</id><version>{Version}</version><authors>nobody</authors><description>A stand-in.</description></metadata></package>""");
        Write("Sdk/Sdk.props", "<Project />");
        Write("Sdk/Sdk.targets", "<Project />");

        void Write(string name, string content)
        {
            using var writer = new StreamWriter(package.CreateEntry(name).Open());
            writer.Write(content);
        }
    }

    private static void WriteSdk(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Sdk.props"), "<Project><PropertyGroup><SdkPropsSeen>yes</SdkPropsSeen></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(folder, "Sdk.targets"), "<Project><PropertyGroup><SdkTargetsSeen>yes</SdkTargetsSeen></PropertyGroup></Project>");
    }

    [GeneratedRegex("<AspireVersion>(?<version>[^<]+)</AspireVersion>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AspireVersion();
}
