using System.Data.Common;
using Consensus.Contracts.LongTerm;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Databases;
using Consensus.Storage.Labels;
using Consensus.Storage.LongTerm;
using Consensus.Storage.Moving;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Scoring;
using Consensus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Moving;

/// <summary>A log in a folder that has rows of every kind, and an empty database that it is moved to.</summary>
internal sealed class MoveRig : IAsyncDisposable
{
    private readonly Dictionary<Guid, ConsensusResponse> _runs = [];
    private int _made;

    public TemporaryLog Log { get; } = new();

    public string Folder => Path.GetDirectoryName(Log.File)!;

    public string Database { get; } = TestPostgres.NewDatabase();

    public MovePlace From => MovePlace.InFolder(Folder);

    public MovePlace To => MovePlace.OnServer(Database);

    /// <summary>The runs that are stored.</summary>
    public IReadOnlyCollection<Guid> Runs => _runs.Keys;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Stores runs with labels, and each fourth with a judge job and its scores.</summary>
    public async Task FillAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = _made++;
            var at = Make.Noon.AddMinutes(number);
            var run = (number % 4 == 0 ? JudgeRig.Judgeable() : Shape.Run(new RandomFiller(number))) with
            {
                RunId = Guid.CreateVersion7(at),
                Status = RunStatus.Completed,
                CreatedAt = at,
                FinishedAt = at.AddSeconds(2),
            };
            var job = number % 4 == 0 ? JudgeRig.NewJob() : null;
            await Log.Log.SaveAsync(new RunRecord(run, number % 2 == 0 ? "alice" : null, TemporaryLog.Instance, job), Token);
            await Log.Log.LabelAsync(run.RunId, new RunLabel(true, null, "gold \0 " + number, null), run.Kind, static _ => true, Token);
            if (job is not null && number % 8 == 0)
            {
                await Log.Log.SubmitScoresAsync(
                    new ScoreSubmission { JobId = job.JobId, Attempt = 1, Scores = [JudgeRig.Scored(), JudgeRig.Scored(1)] }, "quality@1", JudgeRig.Rule, by: null, Token);
            }

            _runs.Add(run.RunId, run);
        }
    }

    /// <summary>Puts a row into each table that the service fills only now and then.</summary>
    public void FillRest()
    {
        using var connection = Log.Connect();
        foreach (var table in MovedTables.Others.Where(static table => table.Name != "audit_log"))
        {
            using var insert = connection.Command($"INSERT INTO {table.Name} ({table.List}) VALUES ({string.Join(", ", table.Columns.Select(static column => "$" + column.Name))})");
            foreach (var column in table.Columns)
            {
                insert.Add("$" + column.Name, Value(column));
            }

            insert.ExecuteNonQuery();
        }
    }

    public async Task EraseAsync(Guid run)
    {
        Assert.Equal(Erasure.Erased, await Log.Log.DeleteAsync(run, static _ => true, by: null, Token));
        _runs.Remove(run);
    }

    public StorageMove Open() => StorageMove.Open(From, To, TimeProvider.System);

    public MoveReceipt Move(bool mayMove = true, Action<MoveProgress>? told = null)
    {
        using var move = Open();
        return move.Run(mayMove, told, Token);
    }

    /// <summary>The log at the new place.</summary>
    public RunLog OpenNew() => OpenNew(Database);

    public RunLog OpenNew(string database) =>
        new(new RunLogServer(database, NullLogger.Instance), Folder, new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance);

    /// <summary>Every run that is to be there stands at the new place as it did, and nothing else; the trail there is sound.</summary>
    public async Task RequireMovedAsync(string? database = null)
    {
        await using (var log = OpenNew(database ?? Database))
        {
            var found = new HashSet<Guid>();
            for (string? cursor = null; ;)
            {
                var page = await log.ListAsync(new RunFilter { Limit = 100, Cursor = cursor }, Token);
                Assert.All(page.Items, run => Assert.True(found.Add(run.RunId)));
                if ((cursor = page.Next) is null)
                {
                    break;
                }
            }

            Assert.Equal(_runs.Keys.Order(), found.Order());
            foreach (var run in found)
            {
                Assert.Equal(Make.Json(await Log.FindAsync(run)), Make.Json(await log.FindAsync(run, keyId: null, Token)));
            }
        }

        var report = AuditVerification.VerifyServer(database ?? Database, Folder, new AuditOptions(), heads: null, Token);
        Assert.True(report.Sound, report.Finding?.Message);
        Assert.Equal(_runs.Count, report.Runs);
    }

    /// <summary>A connection to the new place.</summary>
    public DbConnection ConnectNew()
    {
        var connection = new Npgsql.NpgsqlConnection(Database + ";Pooling=false");
        connection.Open();
        return connection;
    }

    public ValueTask DisposeAsync() => Log.DisposeAsync();

    private static object Value(PortableColumn column) => (column.Type, column.Name) switch
    {
        (PortableType.Integer, _) => 7L,
        (PortableType.Real, _) => 0.1,
        (PortableType.Id, "claim" or "body_mac" or "hash" or "previous_hash") => Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray(),
        (PortableType.Id, _) => Guid.CreateVersion7().ToByteArray(),
        (_, "source") => "api",
        (_, "document" or "figures" or "questions" or "report") => "{\"länge\":\"東京\\u0000\"}",
        _ => "a",
    };
}
