using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>Runs a script of <c>tests/node</c> with the official client libraries for Node and reads the line of JSON that it prints.</summary>
internal static class NodeScript
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "node");

    /// <summary>Runs a script to its end; skips the test where Node or the libraries are missing.</summary>
    /// <param name="script">Its path below <c>tests/node</c>.</param>
    /// <param name="arguments">What it is given.</param>
    public static async Task<JsonNode> RunAsync(string script, params IEnumerable<string> arguments)
    {
        using var process = Start(script, arguments);
        var cancellationToken = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0 && output.Length > 0, $"The script ended with {process.ExitCode}: {output} {await errors}");
        return JsonNode.Parse(output)!;
    }

    private static Process Start(string script, IEnumerable<string> arguments)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "The client libraries for Node are missing: run `npm ci --ignore-scripts` in tests/node.");
        try
        {
            return Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node is missing on this machine.");
            throw;
        }
    }
}
