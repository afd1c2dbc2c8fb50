using Consensus.Scoring.Judging;
using Consensus.Testing;
using StackExchange.Redis;

namespace Consensus.Scoring.Tests.Support;

/// <summary>A Redis and an API for a worker.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly TestRedis _server;
    private readonly ConnectionMultiplexer _client;

    private Rig(TestRedis server, ConnectionMultiplexer client, JobApi api) => (_server, _client, Api) = (server, client, api);

    public JobApi Api { get; }

    public IDatabase Redis => _client.GetDatabase();

    public QueueView Queue => new(Redis);

    public static async Task<Rig> StartAsync(string kind)
    {
        var server = await TestRedis.StartAsync(kind);
        return new Rig(server, await ConnectionMultiplexer.ConnectAsync(server.ConnectionString), await JobApi.StartAsync());
    }

    public Task<RunningWorker> WorkerAsync(JudgeRun? judge = null, params (string Name, string Value)[] settings) =>
        RunningWorker.StartAsync(_server.ConnectionString, Api.Address, judge, "one", settings);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await _client.DisposeAsync();
        _server.Dispose();
    }
}
