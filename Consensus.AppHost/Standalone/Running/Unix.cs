using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Consensus.AppHost.Standalone.Running;

/// <summary>What .NET has no call for.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Unix
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to end; nothing happens when it has ended.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
