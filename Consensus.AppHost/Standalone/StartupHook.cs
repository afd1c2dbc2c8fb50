using System.Diagnostics;
using Consensus.AppHost.Standalone.Running;

#pragma warning disable CA1050, MA0047 // The runtime looks for this very name, outside of any namespace.

/// <summary>Runs in every service before its Main and ends the service when the AppHost is gone, however that went: the pipe of its
/// standard input then reads its end. This works on every system and needs nothing of the service.</summary>
internal static class StartupHook
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly string s_self = typeof(StartupHook).Assembly.Location;

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        // Not for processes that the service starts: they have other input.
        var others = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator).Where(hook => hook != s_self);
        Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, others) is { Length: > 0 } rest ? rest : null);

        new Thread(WaitForEnd) { IsBackground = true, Name = "AppHost watch" }.Start();
    }

    internal static void AddTo(IDictionary<string, string?> variables) =>
        variables[Variable] = variables.TryGetValue(Variable, out var others) && !string.IsNullOrEmpty(others) ? $"{others}{Path.PathSeparator}{s_self}" : s_self;

    private static void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> buffer = stackalloc byte[64];
        while (input.Read(buffer) > 0)
        {
            // Nothing is said here; only the end counts.
        }

        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(0);
            return;
        }

        // As a user would stop it: what is in flight may finish, within bounds.
        Unix.Terminate(Environment.ProcessId);
        Thread.Sleep(s_patience);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
