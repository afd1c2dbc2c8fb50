using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Consensus.Storage.Tests.Postgres;

/// <summary>A server that was stopped and started again: what is lost with its connections is one use, not one for each of them.</summary>
public sealed class LostServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consensus-lost-");
    private readonly TestPostgres _server = TestPostgres.StartOwn();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task TheRunLogIsBackAtTheUseAfterTheFirst()
    {
        await using var log = new RunLog(
            new RunLogServer(_server.ConnectionString, NullLogger.Instance), _folder.FullName, new RunLogOptions { Content = RunContent.Full },
            TimeProvider.System, NullLogger.Instance);
        var run = Make.Run();
        await log.SaveAsync(new RunRecord(run, null, "here"), Token);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => log.FindAsync(run.RunId, keyId: null, Token)));

        _server.Restart();

        Assert.IsType<RunLogUnavailableException>(await Record.ExceptionAsync(() => log.FindAsync(run.RunId, keyId: null, Token)));
        Assert.NotNull(await log.FindAsync(run.RunId, keyId: null, Token));
    }

    [Fact]
    public async Task TheEvidenceStoreIsBackAtTheUseAfterTheFirst()
    {
        using var store = EvidenceStore.OfServer(_server.ConnectionString, TimeProvider.System, NullLogger.Instance);
        var collection = (await store.CreateCollectionAsync(new NewCollection { Name = "notes" }, keyId: null, Token))!.Id;

        _server.Restart();

        Assert.IsType<EvidenceUnavailableException>(await Record.ExceptionAsync(() => store.FindCollectionAsync(collection, keyId: null, Token)));
        Assert.NotNull(await store.FindCollectionAsync(collection, keyId: null, Token));
    }

    [Fact]
    public async Task BringingTheSchemaUpToDateLeavesNoConnectionOpen()
    {
        using var log = new RunLogServer(_server.ConnectionString, NullLogger.Instance);
        log.EnsureReady();
        log.Forget();
        log.EnsureReady();

        await Eventually.HoldsAsync(() => Connections() == 0, "all connections are closed");

        long Connections()
        {
            using var connection = new NpgsqlConnection(_server.ConnectionString + ";Pooling=false");
            return connection.QuerySingle<long>("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        }
    }

    [Fact]
    public void TheServerKnowsWhoseConnectionsTheyAre()
    {
        using var log = new RunLogServer(_server.ConnectionString, NullLogger.Instance);
        using var reader = log.OpenReader();
        Assert.Equal("consensus", reader.QuerySingle<string>("SHOW application_name"));
        Assert.Equal("mine", RunLogServer.Settings(_server.ConnectionString + ";Application Name=mine").ApplicationName);
    }
}
