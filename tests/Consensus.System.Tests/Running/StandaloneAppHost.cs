using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Consensus.Testing;

namespace Consensus.SystemTests.Running;

/// <summary>The AppHost built without Aspire's packages, whichever mode the solution itself was built in.</summary>
internal static class StandaloneAppHost
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>
    /// The variables with which a host starts. No telemetry leaves the test, and nothing of the developer's own settings comes in: no setting of the
    /// environment (it has two underscores), no key of a paid model, no user secrets; those are looked for in <paramref name="secrets"/>.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> EnvironmentWith(string secrets)
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.Contains("__", StringComparison.Ordinal))
            .ToDictionary(name => name, string? (_) => null, StringComparer.OrdinalIgnoreCase);
        foreach (var name in (string[])["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OTEL_EXPORTER_OTLP_ENDPOINT"])
        {
            variables[name] = null;
        }

        variables["DOTNET_ENVIRONMENT"] = variables["ASPNETCORE_ENVIRONMENT"] = "Development";
        variables["APPDATA"] = secrets;
        return variables;
    }

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
