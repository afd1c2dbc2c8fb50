using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Consensus.AppHost.Standalone.Running;

/// <summary>A service's process. Its standard input stays open as long as this host lives; that is how it learns of this host's end.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process)
    {
        _process = process;
        Exited = WaitAsync();
    }

    public int Id => _process.Id;

    /// <summary>The exit code, when it has ended and its last line was read.</summary>
    public Task<int> Exited { get; }

    /// <exception cref="InvalidOperationException">The assembly was not built, or no process can be made.</exception>
    public static ServiceProcess Start(ProjectResource project, DistributedApplicationExecutionContext context, ConsoleLog log)
    {
        if (!File.Exists(project.Metadata.AssemblyPath))
        {
            throw new InvalidOperationException($"{project.Metadata.AssemblyPath} is missing: build the solution first");
        }

        var start = new ProcessStartInfo(DotNet(), [project.Metadata.AssemblyPath])
        {
            // Settings and static files are read from the project's folder.
            WorkingDirectory = Path.GetDirectoryName(project.Metadata.ProjectPath),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ServiceEnvironment.Fill(start.Environment, project, context);
        StartupHook.AddTo(start.Environment);
        if (log.HasColours)
        {
            start.Environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "1";
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, read) => Pass(read.Data);
        process.ErrorDataReceived += (_, read) => Pass(read.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException(error.Message, error);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServiceProcess(process);

        void Pass(string? line)
        {
            if (line is not null)
            {
                log.Service(project.Name, line);
            }
        }
    }

    public void AskToStop()
    {
        if (_process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            // There are no signals: the end of its input ends it.
            _process.StandardInput.Close();
        }
        else
        {
            Unix.Terminate(_process.Id);
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    public void Dispose() => _process.Dispose();

    private static string DotNet() => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
