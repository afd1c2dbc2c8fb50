using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Consensus.SystemTests.Running;
using Consensus.Testing;

namespace Consensus.SystemTests.Fuzz;

/// <summary>The API as a process of its own with a bounded heap, its models and its Redis, and one key that may do everything.</summary>
internal sealed class FuzzedApi : IAsyncDisposable
{
    /// <summary>What the collector may use before the process dies, in hexadecimal bytes: 384 MB, of which 64 may be events of ended runs.</summary>
    private const string HeapLimit = "18000000";

    /// <summary>So many of what has a name are filled with what they may hold.</summary>
    private const int FilledInside = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-fuzz-");
    private readonly TestRedis _redis;
    private readonly ServiceProcesses _services;

    private FuzzedApi(TestRedis redis)
    {
        _redis = redis;
        _services = new ServiceProcesses(_folder.FullName, redis.ConnectionString);
        Http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1 }) { BaseAddress = _services.Http.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>With the one key; headers may have letters that are not ASCII, as they may come over the wire.</summary>
    public HttpClient Http { get; }

    public RunningProcess Process => _services.Api;

    public static async Task<FuzzedApi> StartAsync()
    {
        var api = new FuzzedApi(await TestRedis.StartAsync(TestRedis.Garnet));
        try
        {
            var key = RandomNumberGenerator.GetHexString(32);
            await api._services.StartModelsAsync(latencyScale: 0);
            api._services.ApiEnvironment["DOTNET_GCHeapHardLimit"] = HeapLimit;
            await api._services.StartApiAsync($"--Auth:Keys:all:Key={key}", "--Auth:Keys:all:Scopes=run,read,admin,worker", "--Limits:ConcurrentRuns=10000",
                // A key that is a worker's as well has the limit of workers.
                "--Limits:WorkerRequestsPerMinute=1000000");
            api.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it says may be asked for, and the protocol of tools, which stands in no description.</summary>
    public async Task<List<Operation>> OperationsAsync()
    {
        var described = Operation.In(JsonNode.Parse(await Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!);
        return
        [
            .. described,
            new Operation("POST", "/mcp", [], McpBodies) { Headers = await McpSessionAsync() },
            // Without its session: with it, it is a stream that stays open.
            new Operation("GET", "/mcp", [], []),
            new Operation("DELETE", "/mcp", [], []) { Headers = await McpSessionAsync() },
        ];
    }

    /// <summary>
    /// Sends every right body once, so that there is something to find, and tells what there is then, by the path before its name; names within
    /// what has a name, such as the documents of a collection, stand behind the path with that name in it.
    /// </summary>
    public async Task<Dictionary<string, IReadOnlyList<string>>> FillAsync(IReadOnlyList<Operation> operations)
    {
        foreach (var operation in operations.Where(static o => !IsNamed(o.Path)))
        {
            await SendBodiesAsync(operation, operation.Path);
        }

        var known = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var list in operations.Where(static o => IsNamed(o.Path)).Select(static o => o.Path[..o.Path.IndexOf('{', StringComparison.Ordinal)]).Distinct())
        {
            known[list] = await NamesAsync(list);
            foreach (var name in known[list].Take(FilledInside))
            {
                await FillInsideAsync(operations, list, name, known);
            }
        }

        return known;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _services.DisposeAsync();
        _redis.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<Dictionary<string, string>> McpSessionAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(McpBodies[0], Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        using var response = await Http.SendAsync(request);
        return new Dictionary<string, string> { ["Mcp-Session-Id"] = response.Headers.GetValues("Mcp-Session-Id").Single() };
    }

    private async Task FillInsideAsync(IReadOnlyList<Operation> operations, string list, string name, Dictionary<string, IReadOnlyList<string>> known)
    {
        foreach (var operation in operations.Where(o => o.Path.StartsWith(list + "{", StringComparison.Ordinal)))
        {
            var path = list + Uri.EscapeDataString(name) + operation.Path[(operation.Path.IndexOf('}', StringComparison.Ordinal) + 1)..];
            if (!IsNamed(path))
            {
                // What is asked of one run, its end among them, is not asked of every run before the first request.
                if (path.EndsWith("/documents", StringComparison.Ordinal))
                {
                    await SendBodiesAsync(operation, path);
                }

                continue;
            }

            var inside = path[..path.IndexOf('{', StringComparison.Ordinal)];
            known[inside] = await NamesAsync(inside);
        }
    }

    private async Task SendBodiesAsync(Operation operation, string path)
    {
        foreach (var body in operation.Bodies)
        {
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
            using var response = await Http.SendAsync(request);
            Assert.True((int)response.StatusCode < 500, $"{operation}: {response.StatusCode}");
        }
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string list)
    {
        using var response = await Http.GetAsync(new Uri(list.TrimEnd('/'), UriKind.Relative));
        return response.IsSuccessStatusCode ? [.. NamesIn(JsonNode.Parse(await response.Content.ReadAsStringAsync())).Distinct().Take(50)] : [];
    }

    private static bool IsNamed(string path) => path.Contains('{', StringComparison.Ordinal);

    private static IEnumerable<string> NamesIn(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => member.Value is JsonValue value && value.TryGetValue<string>(out var text)
            ? member.Key is "id" or "runId" or "jobId" or "evidenceId" or "collectionId" or "documentId" or "name" or "version" ? [text] : []
            : NamesIn(member.Value)),
        JsonArray list => list.SelectMany(NamesIn),
        _ => [],
    };

    private static readonly string[] McpBodies =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"ask_consensus","arguments":{"prompt":"What is 17 * 23?","models":["sim/ada","sim/boole"]}}}""",
        """{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"get_run","arguments":{"runId":"0197f3c2-5a10-7c3e-9b1d-2f6a4e8c0b11"}}}""",
        """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"check_evidence","arguments":{"text":"There were 41 ships.","documents":[{"text":"There were 42 ships."}]}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
    ];
}
