using System.Diagnostics;
using System.Runtime.InteropServices;
using Consensus.Testing;

namespace Consensus.SystemTests.Running;

/// <summary>A process that a test started, with its output. Disposing ends it and its children.</summary>
internal sealed partial class RunningProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly Process _process;

    private RunningProcess(Process process) => _process = process;

    public OutputLines Lines { get; } = new();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static RunningProcess Start(string command, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var running = new RunningProcess(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Lines.Add(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Lines.Add(line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>As Ctrl-C in a terminal does.</summary>
    public void SendInterrupt() => Signal(Id, Interrupt);

    /// <summary>As a service manager does.</summary>
    public void SendTerminate() => Signal(Id, Terminate);

    public void Kill() => _process.Kill();

    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Process {Id} still runs after {within.TotalSeconds:0} s. Printed:\n{Lines.All}", e);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Signal(int processId, int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are a matter of Linux and macOS.");
        Assert.Equal(0, SendSignal(processId, signal));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
