using Consensus.Contracts.Audit;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;

namespace Consensus.Storage.Tests.Audit;

/// <summary>Who has the database, and what verifying tells of it.</summary>
public sealed class IntruderTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Runs = 6;
    private readonly AuditRig _rig = new();

    [Theory]
    [InlineData("UPDATE audit_log SET detail = '{}' WHERE seq = 3", AuditFault.Content, 3)]
    [InlineData("UPDATE audit_log SET at = at - 10 WHERE seq = 3", AuditFault.Content, 3)]
    [InlineData("UPDATE audit_log SET at = at + 1 WHERE seq = 3", AuditFault.Content, 3)]
    [InlineData("UPDATE audit_log SET mac = zeroblob(32) WHERE seq = 4", AuditFault.Mac, 4)]
    [InlineData("DELETE FROM audit_log WHERE seq = 4", AuditFault.Missing, 4)]
    [InlineData("DELETE FROM audit_log WHERE seq >= 5", AuditFault.CutTail, 5)]
    [InlineData("DELETE FROM audit_log", AuditFault.Missing, 1)]
    [InlineData("UPDATE audit_log SET seq = -seq WHERE 0", null, 0)]
    [InlineData("UPDATE runs SET answer_text = '392' WHERE seq = 2", AuditFault.RunChanged, 3)]
    [InlineData("UPDATE runs SET agreement = 0.5 WHERE seq = 2", AuditFault.RunChanged, 3)]
    [InlineData("INSERT INTO run_tags (run_seq, tag, created_at, run_id) SELECT seq, 'x', created_at, run_id FROM runs WHERE seq = 2", AuditFault.RunChanged, 3)]
    [InlineData("DELETE FROM runs WHERE seq = 2", AuditFault.RunMissing, 3)]
    [InlineData("UPDATE runs SET run_id = randomblob(16) WHERE seq = 2", AuditFault.RunUnrecorded, 0)]
    public async Task IsFoundOut(string sql, AuditFault? fault, long seq)
    {
        for (var i = 0; i < Runs; i++)
            await _rig.StoreAsync();
        await _rig.File.CloseAsync();
        _rig.Intrude(sql);

        var report = await _rig.VerifyAsync();

        output.WriteLine(report.Finding?.Message ?? "sound");
        Assert.Equal((fault, seq), (report.Finding?.Fault, report.Finding?.Seq ?? 0));
        Assert.Equal(fault is null, report.Sound);
    }

    [Fact]
    public async Task EveryStoredByteOfSomeEntriesIsHeldByTheChain()
    {
        for (var i = 0; i < 3; i++)
            await _rig.StoreAsync();
        await _rig.File.CloseAsync();
        long changes = 0;
        foreach (var column in (string[])["actor", "action", "subject_kind", "subject_id", "detail", "key_id", "prev_hash", "hash", "mac"])
        {
            var (stored, isText) = (Read(column), column is not ("prev_hash" or "hash" or "mac"));
            for (var i = 0; i < stored.Length; i += Environment.GetEnvironmentVariable("CONSENSUS_LONG") is null ? 5 : 1)
            {
                var changed = (byte[])stored.Clone();
                changed[i] ^= 1;
                var cast = isText ? "CAST($value AS TEXT)" : "$value";
                _rig.Intrude($"UPDATE audit_log SET {column} = {cast} WHERE seq = 3", new { value = changed });
                Assert.Equal(3, (await _rig.VerifyAsync()).Finding?.Seq);
                _rig.Intrude($"UPDATE audit_log SET {column} = {cast} WHERE seq = 3", new { value = stored });
                changes++;
            }
        }

        Assert.Null((await _rig.VerifyAsync()).Finding);
        output.WriteLine($"{changes} changes of a stored byte, each found");
    }

    [Fact]
    public async Task AHeadThatWasKeptElsewhereTellsOfALogThatWasReplaced()
    {
        for (var i = 0; i < 3; i++)
            await _rig.StoreAsync();
        var head = await _rig.File.Log.SignAuditHeadAsync(AuditRig.Token);
        var kept = Path.Combine(_rig.Folder, "kept.jsonl");
        new HeadFile(kept).Append(head!);
        await _rig.File.CloseAsync();
        foreach (var file in (string[])[_rig.File.File, _rig.File.File + "-wal", _rig.File.File + "-shm", Path.Combine(_rig.Folder, AuditOptions.DefaultHeadFile)])
            File.Delete(file);
        await _rig.File.ReopenAsync();
        for (var i = 0; i < 9; i++)
            await _rig.StoreAsync();

        Assert.Null((await _rig.VerifyAsync()).Finding);
        Assert.Equal((AuditFault.HeadNotInChain, 4L), (await _rig.VerifyAsync(kept)).Finding is { } finding ? (finding.Fault, finding.Seq) : default);
    }

    [Fact]
    public async Task ARunThatIsStoredAgainIsHeldToItsLastEntry()
    {
        var run = await _rig.StoreAsync();
        await _rig.File.SaveAsync(run with { Agreement = 0.75 });
        await _rig.File.SaveAsync(run with { RunId = Guid.CreateVersion7(), Status = RunStatus.Running });

        var report = await _rig.VerifyAsync();

        Assert.Null(report.Finding);
        Assert.Equal(1, report.Runs);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private byte[] Read(string column)
    {
        using var connection = _rig.File.Connect();
        return Dapper.SqlMapper.QuerySingle<byte[]>(connection, $"SELECT CAST({column} AS BLOB) FROM audit_log WHERE seq = 3");
    }
}
