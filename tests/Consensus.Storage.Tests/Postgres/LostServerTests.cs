using Consensus.Contracts.Evidence;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Postgres;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

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
            new RunLogServer(_server.ConnectionString, NullLogger.Instance), _folder.FullName, new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance);
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
}
