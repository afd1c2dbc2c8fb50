using Consensus.ApiService.Scoring.Dispatching;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Consensus.ApiService.Tests.Scoring.Dispatching;

/// <summary>A run log, a Redis and the dispatcher between them.</summary>
internal sealed class DispatchRig : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consensus-dispatch-").FullName;
    private readonly TestRedis _server;
    private readonly ConnectionMultiplexer _client;
    private readonly ServiceProvider _services;
    private readonly DispatchSignal _signal = new();
    private readonly List<Dispatcher> _dispatchers = [];

    private DispatchRig(TestRedis server, ConnectionMultiplexer client)
    {
        (_server, _client) = (server, client);
        _services = new ServiceCollection().AddSingleton<IConnectionMultiplexer>(client).BuildServiceProvider();
        Sender = new JudgeSender(_services);
    }

    public RunLog Log { get; private set; } = null!;

    public JudgeSender Sender { get; }

    public IDatabase Redis => _client.GetDatabase();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DispatchRig> StartAsync(string kind)
    {
        var server = await TestRedis.StartAsync(kind);
        var rig = new DispatchRig(server, await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true"));
        rig.Log = await RunLog.OpenAsync(
            Path.Combine(rig._folder, "runs.db"), new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance, Token);
        return rig;
    }

    /// <summary>Starts a dispatcher; what it does by itself it does every tenth of a second. A claim that nothing ends stands for a tenth of a second too.</summary>
    public Task DispatchAsync(int maxQueued = 1_000)
    {
        var options = Options.Create(new DispatchOptions { PollSeconds = 0.1, MaxQueued = maxQueued, ClaimSeconds = 0.1 });
        var dispatcher = new Dispatcher(Log, Sender, Outbox(options), _signal, options, TimeProvider.System, NullLogger<Dispatcher>.Instance);
        _dispatchers.Add(dispatcher);
        return dispatcher.StartAsync(Token);
    }

    /// <summary>What a process of that name would send by.</summary>
    public Outbox Outbox(IOptions<DispatchOptions>? options = null, string instance = "test") =>
        new(Log, Sender, options ?? Options.Create(new DispatchOptions()), instance);

    /// <summary>Stores a run with a judge job.</summary>
    public async Task<Guid> AddJobAsync()
    {
        var job = new NewJudgeJob(Guid.CreateVersion7(), "quality", "0123456789abcdef", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var run = new ConsensusResponse
        {
            RunId = Guid.CreateVersion7(),
            Status = RunStatus.Completed,
            Strategy = "majority",
            Candidates = [new CandidateBody { Id = 0, Model = "m", Status = CandidateStatus.Answered, Text = "4" }],
            Request = new StoredRequest { Prompt = "2 + 2?" },
            CreatedAt = DateTimeOffset.UtcNow,
        };
        await Log.SaveAsync(new RunRecord(run, KeyId: null, "test", job), Token);
        return job.JobId;
    }

    /// <summary>The jobs in the order in which they would be taken.</summary>
    public async Task<IReadOnlyList<Guid>> WaitingAsync() =>
        [.. (await Redis.ListRangeAsync(JudgeQueue.Waiting)).Reverse().Select(message => JudgeMessage.Parse(message!)!.Value.JobId)];

    /// <summary>Takes the next message as a worker does.</summary>
    public async Task<JudgeMessage> TakeAsync(string worker, bool alive)
    {
        await Redis.SetAddAsync(JudgeQueue.Workers, worker);
        if (alive)
        {
            await Redis.StringSetAsync(JudgeQueue.HeartBeat(worker), "now");
        }

        return JudgeMessage.Parse((await Redis.ListMoveAsync(JudgeQueue.Waiting, JudgeQueue.Taken(worker), ListSide.Right, ListSide.Left))!)!.Value;
    }

    /// <summary>Ends an attempt as a worker does: with a failure, or without.</summary>
    public async Task EndAsync(Guid jobId, AttemptFailureReason? failure)
    {
        await Log.BeginAttemptAsync(jobId, maxAttempts: 5, Token);
        await Log.SubmitScoresAsync(
            new ScoreSubmission { JobId = jobId, Attempt = 1, Failure = failure is { } reason ? new AttemptFailure(reason, "It failed.") : null }, "quality@1",
            new RetryRule(5, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), by: null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var dispatcher in _dispatchers)
        {
            await dispatcher.StopAsync(CancellationToken.None);
            dispatcher.Dispose();
        }

        _signal.Dispose();
        await Log.DisposeAsync();
        await _services.DisposeAsync();
        await _client.DisposeAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
