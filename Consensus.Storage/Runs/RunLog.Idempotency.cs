using Consensus.Storage.Idempotency;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;
using Dapper;

namespace Consensus.Storage.Runs;

/// <summary>One request, one run.</summary>
public sealed partial class RunLog
{
    /// <summary>What a claim stands for already; <c>null</c> where it is free.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<ClaimedRun?> FindClaimAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        var values = new DynamicParameters();
        values.Add("claim", claim.Id);
        values.Add("now", StoredTime.Write(_time.GetUtcNow()));
        return ReadAsync(
            () => _reader.Read(connection => connection.QuerySingleOrDefault<ClaimRow>(IdempotencyStatements.Find, values) is { } row
                ? IdempotencyStatements.Earlier(claim, row.run_id, row.body_mac)
                : null),
            cancellationToken);
    }

    /// <summary>
    /// Claims for a run that begins, and stores it as it stands, in one transaction: of any number of requests with the same claim exactly one begins a run.
    /// </summary>
    /// <returns>What the claim stands for already, and then nothing is stored; <c>null</c> where the run has been stored and may begin.</returns>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<ClaimedRun?> BeginAsync(RunRecord record, IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var run = PreparedRun.From(record, _filter);
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(
            statements =>
            {
                var earlier = statements.Idempotency.Claim(claim, run.RunId, now);
                if (earlier is null)
                    statements.Save(run, now);
                return earlier;
            },
            cancellationToken);
    }

    private sealed class ClaimRow
    {
        public byte[] run_id { get; set; } = [];

        public byte[]? body_mac { get; set; }
    }
}
