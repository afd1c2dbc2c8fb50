using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Consensus.Contracts.Client;

namespace Consensus.SystemTests.Running;

/// <summary>The whole system as the AppHost starts it, on free ports and a folder of its own.</summary>
internal sealed partial class RunningSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly HttpClient _api;
    private readonly HttpClient _models;
    private readonly string? _ownFolder;

    private RunningSystem(RunningProcess host, Uri api, Uri models, Uri dashboard, string? ownFolder)
    {
        Host = host;
        Dashboard = dashboard;
        _api = new HttpClient { BaseAddress = api, Timeout = TimeSpan.FromMinutes(2) };
        _models = new HttpClient { BaseAddress = models };
        _ownFolder = ownFolder;
        Client = new ConsensusClient(_api);
    }

    public RunningProcess Host { get; }

    public ConsensusClient Client { get; }

    public HttpClient Http => _api;

    public Uri Dashboard { get; }

    public static Task<RunningSystem> StartAsync(string? folder = null, params string[] settings) => StartAsync(new Dictionary<string, string?>(), folder, settings);

    /// <summary>Starts it with environment variables, which the AppHost hands on to its children; its arguments are its own.</summary>
    public static async Task<RunningSystem> StartAsync(IReadOnlyDictionary<string, string?> environment, string? folder = null, params string[] settings)
    {
        var ownFolder = folder is null ? Directory.CreateTempSubdirectory("consensus-system-").FullName : null;
        string[] arguments =
        [
            await StandaloneAppHost.PathAsync(), "--Ports:Api=0", "--Ports:Dashboard=0", "--Ports:Models=0", "--Ports:Scoring=0",
            $"--Storage:Folder={folder ?? ownFolder}", .. settings,
        ];
        var variables = new Dictionary<string, string?>(StandaloneAppHost.EnvironmentWith(secrets: Path.Combine(folder ?? ownFolder!, "settings")), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var host = RunningProcess.Start("dotnet", arguments, variables);
        try
        {
            return new RunningSystem(host, await Address("api"), await Address("models"), await Address("dashboard"), ownFolder);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        Task<Uri> Address(string name) => host.Lines.FirstAsync(
            line => AddressLine().Match(line) is { Success: true } m && m.Groups["name"].Value == name ? new Uri(m.Groups["url"].Value) : null,
            $"the address of '{name}'",
            StartLimit);
    }

    /// <summary>The process id of a child, from the line that the AppHost prints when it starts one.</summary>
    public async Task<int> ProcessIdAsync(string name) => int.Parse(
        await Host.Lines.FirstAsync(
            line => StartedLine().Match(line) is { Success: true } m && m.Groups["name"].Value == name ? m.Groups["id"].Value : null,
            $"the process id of '{name}'",
            StartLimit),
        CultureInfo.InvariantCulture);

    /// <summary>Switches a fault of a simulated model on.</summary>
    public async Task FaultAsync(string model, object fault)
    {
        using var response = await _models.PutAsJsonAsync($"simulator/faults/{model}", fault);
        response.EnsureSuccessStatusCode();
    }

    public async Task ClearFaultsAsync()
    {
        using var response = await _models.DeleteAsync("simulator/faults");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Stops the system as Ctrl-C does and gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Host.SendInterrupt();
        return await Host.ExitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (!Host.HasExited && !OperatingSystem.IsWindows())
        {
            await StopAsync();
        }

        await Host.DisposeAsync();
        _api.Dispose();
        _models.Dispose();
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }

    [GeneratedRegex(@"^\s*(?<name>api|docs|dashboard|models|scoring)\s+(?<url>https?://\S+)\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"\b(?<name>api|dashboard|models|scoring) started \(pid (?<id>\d+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex StartedLine();
}
