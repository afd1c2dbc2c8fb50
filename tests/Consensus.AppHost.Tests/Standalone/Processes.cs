using System.Diagnostics;
using Consensus.Testing;

namespace Consensus.AppHost.Tests.Standalone;

internal static class Processes
{
    public static bool Lives(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    public static Task GoneAsync(int pid) => Eventually.HoldsAsync(() => !Lives(pid), $"the end of process {pid}");
}
