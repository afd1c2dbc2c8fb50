using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Audit;
using Consensus.Storage.Tests.Making;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Consensus.Storage.Tests.Runs;

/// <summary>What only a log in a file can do, or can suffer.</summary>
public sealed class LogInAFileTests
{
    [Fact]
    public async Task AReaderDelaysTheErasureOfTheLogNoLongerThanToTheNextWrite()
    {
        await using var log = new TemporaryLog();
        const string Secret = "the-erased-question";
        var run = Make.Run() with { Request = new StoredRequest { Prompt = string.Concat(Enumerable.Repeat(Secret + " ", 1000)) } };
        await log.SaveAsync(run);
        using (var connection = log.Connect())
        using (var snapshot = ((SqliteConnection)connection).BeginTransaction(deferred: true))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM runs";
            Assert.Equal(1L, command.ExecuteScalar());

            Assert.Equal(Erasure.Erased, await log.Log.DeleteAsync(run.RunId, static _ => true, by: null, TestContext.Current.CancellationToken));

            Assert.Null(await log.FindAsync(run.RunId));
            Assert.True(log.Holds(Secret)); // the reader's snapshot still needs it
        }

        await log.Log.ProbeAsync(TestContext.Current.CancellationToken);
        Assert.False(log.Holds(Secret));
    }

    [Theory]
    [InlineData("UPDATE audit_log SET detail = '{}'")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("INSERT OR REPLACE INTO audit_log SELECT seq, at, 'x', action, subject_kind, subject_id, detail, key_id, prev_hash, hash, mac FROM audit_log WHERE seq = 1")]
    [InlineData("INSERT OR REPLACE INTO retention_policies SELECT * FROM retention_policies")]
    [InlineData("REPLACE INTO retention_policies SELECT * FROM retention_policies")]
    public async Task NothingRecordedIsReplaced(string sql)
    {
        await using var rig = new AuditRig();
        await rig.StoreAsync();
        await rig.File.Log.PutPolicyAsync(AuditRig.Token);
        using var connection = rig.File.Connect();
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => connection.Execute(sql)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandWithoutTheKeyWritesNothing()
    {
        await using var rig = new AuditRig();
        await rig.StoreAsync();
        await rig.File.CloseAsync();
        File.Delete(Path.Combine(rig.Folder, AuditOptions.DefaultKeyFile));

        var refused = await Assert.ThrowsAsync<RunLogUnavailableException>(
            () => RunLog.OpenAloneAsync(rig.File.File, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, AuditRig.Token));

        Assert.Contains("Audit__Key", (refused.InnerException ?? refused).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(rig.Folder, AuditOptions.DefaultKeyFile)));
    }
}
