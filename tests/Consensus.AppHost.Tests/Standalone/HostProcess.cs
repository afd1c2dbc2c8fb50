using System.Diagnostics;
using Consensus.AppHost.Services;

namespace Consensus.AppHost.Tests.Standalone;

/// <summary>The real AppHost as a process, with a folder of its own and any free ports unless told otherwise.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-apphost-");

    public HostProcess(params IEnumerable<string> arguments)
        : this(arguments, path: null)
    {
    }

    /// <param name="arguments">The host's arguments.</param>
    /// <param name="path">A folder whose commands come before all others.</param>
    public HostProcess(IEnumerable<string> arguments, string? path)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AppHostFolder).Assembly.Location, .. arguments, .. Defaults()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,

            // Where user secrets are looked for: not in the developer's own.
            Environment = { ["APPDATA"] = _folder.FullName },
        };
        if (path is not null)
        {
            start.Environment["PATH"] = $"{path}{Path.PathSeparator}{start.Environment["PATH"]}";
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, read) => Note(read.Data);
        _process.ErrorDataReceived += (_, read) => Note(read.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        IEnumerable<string> Defaults() => new[] { "Ports:Api=0", "Ports:Scoring=0", "Ports:Dashboard=0", "Ports:Models=0", $"Storage:Folder={_folder.FullName}" }
            .Where(setting => !arguments.Any(given => given.StartsWith($"--{setting.Split('=')[0]}", StringComparison.Ordinal)))
            .Select(setting => $"--{setting}");
    }

    public Lines Lines { get; } = new();

    public int Id => _process.Id;

    public async Task<int> ExitCodeAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        Lines.Dispose();
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A service that is still ending may write its last file; the folder is a temporary one.
        }
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            Lines.WriteLine(line);
        }
    }
}
