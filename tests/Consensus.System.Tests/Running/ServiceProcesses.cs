using System.Net.Http.Headers;
using System.Security.Cryptography;
using Consensus.Contracts.Client;
using Consensus.Testing;

namespace Consensus.SystemTests.Running;

/// <summary>API, models and judge workers as processes of their own on loopback, each of which can be killed and started again.</summary>
internal sealed class ServiceProcesses : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _redis;
    private readonly int _apiPort = TestRedis.FreePort();
    private readonly int _modelsPort = TestRedis.FreePort();
    private readonly string _adminKey = RandomNumberGenerator.GetHexString(32);
    private readonly string _workerKey = RandomNumberGenerator.GetHexString(32);
    private readonly List<RunningProcess> _workers = [];
    private RunningProcess? _api;
    private RunningProcess? _models;

    /// <param name="folder">Where everything is kept.</param>
    /// <param name="redis">The Redis.</param>
    /// <param name="first">The services of which this API is one more; <c>null</c>: it is the first.</param>
    public ServiceProcesses(string folder, string redis, ServiceProcesses? first = null)
    {
        (_folder, _redis) = (folder, redis);
        if (first is not null)
        {
            (_modelsPort, _adminKey, _workerKey) = (first._modelsPort, first._adminKey, first._workerKey);
        }

        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_apiPort}/"), Timeout = TimeSpan.FromMinutes(1) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _adminKey);
        Client = new ConsensusClient(Http, _adminKey);
    }

    /// <summary>Asks the API as its administrator.</summary>
    public HttpClient Http { get; }

    public ConsensusClient Client { get; }

    public IReadOnlyList<RunningProcess> Workers => _workers;

    /// <summary>What the API's process gets beside what all get.</summary>
    public Dictionary<string, string?> ApiEnvironment { get; } = [];

    public RunningProcess Api => _api ?? throw new InvalidOperationException("The API has not been started.");

    private Dictionary<string, string?> Environment => new(StandaloneAppHost.EnvironmentWith(Path.Combine(_folder, "settings")), StringComparer.OrdinalIgnoreCase)
    {
        ["ConnectionStrings__redis"] = $"{_redis},abortConnect=false,connectTimeout=1000",
        ["services__models__http__0"] = $"http://127.0.0.1:{_modelsPort}",
        ["services__api__http__0"] = $"http://127.0.0.1:{_apiPort}",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    public async Task StartModelsAsync(double latencyScale)
    {
        _models = Start("ModelSimulator", $"--urls=http://127.0.0.1:{_modelsPort}", $"--Simulator:LatencyScale={latencyScale}");
        await IsUpAsync(_modelsPort, "the models are up");
    }

    public async Task StartApiAsync(params string[] more)
    {
        _api = Start("ApiService", ApiEnvironment, [
            $"--urls=http://127.0.0.1:{_apiPort}", $"--Storage:Folder={Path.Combine(_folder, "data")}", "--RunLog:Content=full",
            $"--Auth:Keys:admin:Key={_adminKey}", "--Auth:Keys:admin:Scopes=run,read,admin", $"--Auth:Keys:worker:Key={_workerKey}", "--Auth:Keys:worker:Scopes=worker,read",
            // One key asks for all: what it may ask for in a minute is not what is tested.
            "--Limits:RequestsPerMinute=1000000", "--Scoring:Dispatch:PollSeconds=0.2", "--Scoring:Dispatch:ClaimSeconds=1", "--Scoring:Jobs:RetrySeconds=0.2", "--Scoring:Jobs:LongestRetrySeconds=1",
            .. more]);
        await IsUpAsync(_apiPort, "the API is up");
    }

    public void StartWorker() => _workers.Add(Start(
        "Scoring", "--urls=http://127.0.0.1:0", $"--Api:Key={_workerKey}", "--Worker:HeartBeatSeconds=0.25", "--Worker:MissedBeats=4", "--Worker:PollSeconds=0.2", "--Worker:Jobs=4"));

    /// <summary>Kills a worker as an out-of-memory killer does.</summary>
    public async Task KillWorkerAsync(int index)
    {
        var worker = _workers[index];
        _workers.RemoveAt(index);
        worker.Kill();
        await worker.DisposeAsync();
    }

    public async Task KillApiAsync()
    {
        _api!.Kill();
        await _api.DisposeAsync();
        _api = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (RunningProcess?[])[.. _workers, _api, _models])
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        Http.Dispose();
    }

    private RunningProcess Start(string service, params string[] arguments) => Start(service, [], arguments);

    private RunningProcess Start(string service, Dictionary<string, string?> more, string[] arguments) => RunningProcess.Start(
        "dotnet", [Repository.Assembly(service), .. arguments], Environment.Concat(more).ToDictionary(StringComparer.OrdinalIgnoreCase), Directory.CreateDirectory(Path.Combine(_folder, service)).FullName);

    private static Task IsUpAsync(int port, string what) => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
                using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health"), TestContext.Current.CancellationToken);
                return response.IsSuccessStatusCode;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        },
        what);
}
