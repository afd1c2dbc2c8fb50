using Consensus.Contracts.Audit;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Audit.Verifying;
using Consensus.Storage.Tests.Making;
using Dapper;

namespace Consensus.Storage.Tests.Audit;

/// <summary>A run log with a trail, and what an intruder does to its file.</summary>
internal sealed class AuditRig : IAsyncDisposable
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TemporaryLog File { get; } = new();

    public string Folder => Path.GetDirectoryName(File.File)!;

    public async Task<ConsensusResponse> StoreAsync(RunStatus status = RunStatus.Completed, string? keyId = null)
    {
        var run = Make.Run(status);
        await File.SaveAsync(run, keyId);
        return run;
    }

    public async Task<IReadOnlyList<AuditEntry>> EntriesAsync(AuditFilter? filter = null) =>
        (await File.Log.ListAuditAsync(filter ?? new AuditFilter { OldestFirst = true, Limit = 500 }, Token)).Items;

    /// <summary>Changes the closed file as who has only that: without the triggers.</summary>
    public void Intrude(string sql, object? values = null)
    {
        using var connection = File.Connect();
        foreach (var trigger in (string[])["no_update", "no_delete", "no_replace"])
            connection.Execute($"DROP TRIGGER IF EXISTS audit_log_{trigger}");
        connection.Execute(sql, values);
    }

    public Task<AuditReport> VerifyAsync(string? heads = null, AuditOptions? options = null) => File.VerifyAsync(heads, options);

    public ValueTask DisposeAsync() => File.DisposeAsync();
}
