using System.Diagnostics;
using Consensus.Testing;

namespace Consensus.AppHost.Tests.Auditing;

/// <summary>What <c>eng/audit.sh</c> makes of what package tools say.</summary>
public sealed class AuditTests
{
    private const string Clean = "The given project `Consensus.Core` has no vulnerable packages given the current sources.";

    private const string Direct = """
        Project `Consensus.Core` has the following vulnerable packages
           [net10.0]:
           Top-level Package      Requested   Resolved   Severity   Advisory URL
           > Made.Up              9.0.1       9.0.1      High       https://github.com/advisories/GHSA-1
        """;

    private const string Transitive = """
           Transitive Package      Resolved   Severity   Advisory URL
           > Deep.Down             4.3.0      Moderate   https://github.com/advisories/GHSA-2
        """;

    [Theory]
    [InlineData("nuget", "0", "", Direct, "  Made.Up 9.0.1 High https://github.com/advisories/GHSA-1")]
    [InlineData("nuget", "0", "", Transitive, "  Deep.Down 4.3.0 Moderate https://github.com/advisories/GHSA-2")]
    [InlineData("nuget", "1", "none", Clean + "\n" + Direct, "  Made.Up 9.0.1 High https://github.com/advisories/GHSA-1")]
    [InlineData("npm", "1", "", """{"vulnerabilities":{"made-up":{"range":"<0.2.4","severity":"critical"}}}""", "  made-up <0.2.4 critical")]
    public async Task AVulnerablePackageFailsAndIsNamed(string kind, string code, string data, string output, string named)
    {
        var (exit, text) = await AuditAsync(kind, code, data, output);
        Assert.Equal(1, exit);
        Assert.Contains(named, text.Split('\n'));
    }

    [Theory]
    [InlineData("nuget", "0", "", Clean, "nuget: no vulnerable package")]
    [InlineData("npm", "0", "", """{"vulnerabilities":{}}""", "npm: no vulnerable package")]
    public async Task ACleanAnswerPasses(string kind, string code, string data, string output, string line) =>
        Assert.Equal((0, line), await AuditAsync(kind, code, data, output));

    [Theory]
    [InlineData("nuget", "0", "none", Clean, "it offers none")]
    [InlineData("nuget", "124", "", "", "no answer in time")]
    [InlineData("nuget", "1", "", "error: Unable to load the service index for source https://packages.example/index.json.", "Unable to load the service index")]
    [InlineData("nuget", "0", "", "warning NU1900: Error occurred while getting package vulnerability data\n" + Clean, "NU1900")]
    [InlineData("nuget", "0", "", "Something else", "an answer of an unknown form")]
    [InlineData("nuget", "1", "", Clean, "code 1")]
    [InlineData("npm", "124", "", "", "no answer in time")]
    [InlineData("npm", "1", "", "", "an answer that is no JSON")]
    [InlineData("npm", "1", "", """{"error":{"code":"ENOAUDIT"}}""", "ENOAUDIT")]
    [InlineData("npm", "1", "", """{"statusCode":405,"error":{"summary":""}}""", "405")]
    public async Task ASourceThatTellsNothingPassesAndTheLineSaysThatNothingWasAudited(string kind, string code, string data, string output, string why) =>
        Assert.Equal((0, $"{kind}: the package source gave no vulnerability data ({why}); nothing was audited"), await AuditAsync(kind, code, data, output));

    private static async Task<(int Exit, string Text)> AuditAsync(string kind, string code, string data, string output)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script is for bash");
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "eng", "audit.sh"), kind, code, data])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteLineAsync(output);
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, text.TrimEnd());
    }
}
