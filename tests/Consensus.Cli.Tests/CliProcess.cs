using System.Diagnostics;

namespace Consensus.Cli.Tests;

/// <summary>The command as its user starts it.</summary>
internal static class CliProcess
{
    public static Process Start(params string[] args) => Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. args])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = System.Text.Encoding.UTF8,
    })!;

    /// <summary>Stops it. SIGTERM takes the same way as Ctrl-C, and no shell starts its children with it ignored.</summary>
    public static async Task StopAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
