using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Consensus.SystemTests.Running;

/// <summary>The AppHost built without Aspire's packages, whichever mode the solution itself was built in.</summary>
internal static class StandaloneAppHost
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>No telemetry leaves the test, and nothing from the developer's own settings comes in.</summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ConnectionStrings__redis"] = null,
        ["OPENAI_API_KEY"] = null,
        ["ANTHROPIC_API_KEY"] = null,
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
    };

    public static Task<string> PathAsync() => Built.Value;

    private static async Task<string> BuildAsync()
    {
        var path = Repository.Assembly("AppHost");
        if (!UsesAspire(path))
        {
            return path;
        }

        var output = Path.Combine(Repository.Root, "artifacts", "standalone");
        await using var build = RunningProcess.Start("dotnet", ["build", "Consensus.AppHost", "-p:UseAspire=false", "--artifacts-path", output, "-nologo", "-v:q"]);
        Assert.True(await build.ExitAsync(TimeSpan.FromMinutes(10)) == 0, build.Lines.All);
        return Path.Combine(output, "bin", "Consensus.AppHost", "debug", "Consensus.AppHost.dll");
    }

    private static bool UsesAspire(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(r => metadata.GetString(metadata.GetAssemblyReference(r).Name) == "Aspire.Hosting");
    }
}
