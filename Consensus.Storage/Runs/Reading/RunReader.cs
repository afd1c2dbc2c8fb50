using System.Data.Common;
using System.Diagnostics;
using Consensus.Contracts;
using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Runs;
using Consensus.Storage.Benchmarks;
using Consensus.Storage.Databases;
using Consensus.Storage.Fitting;
using Consensus.Storage.Fitting.Proposals;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Telemetry;
using Dapper;

namespace Consensus.Storage.Runs.Reading;

/// <summary>Look-ups, each on its own connection and on one snapshot of the file.</summary>
internal sealed class RunReader(RunDatabase database)
{
    public ConsensusResponse? Find(Guid runId, string? keyId) => Read(connection =>
    {
        using var snapshot = connection.BeginSnapshot();
        var run = connection.QuerySingleOrDefault<RunRow>(
            "SELECT * FROM runs WHERE run_id = @id AND (@keyId IS NULL OR key_id = @keyId)", new { id = StoredValue.Id(runId), keyId }, snapshot);
        if (run is null)
            return null;

        var candidates = connection.Query<CandidateRow>("SELECT * FROM candidates WHERE run_seq = @seq ORDER BY position", new { run.seq }, snapshot);
        var clusters = connection.Query<ClusterRow>("SELECT * FROM clusters WHERE run_seq = @seq ORDER BY position", new { run.seq }, snapshot);
        var label = connection.QuerySingleOrDefault<LabelRow>(LabelRow.Newest, new { run.seq }, snapshot);
        return RunAssembly.Run(run, candidates, clusters) with { Label = label?.ToBody() };
    });

    public Page<RunSummary> List(RunFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, Limits.MaxPageSize);
        return Read(connection =>
        {
            using var snapshot = connection.BeginSnapshot();
            var rows = ListQuery.Read(connection, filter, limit + 1, snapshot);
            var more = rows.Count > limit;
            var page = more ? rows[..limit] : rows;
            var next = more ? new RunCursor(page[^1].created_at, page[^1].run_id).Write(filter) : null;
            return new Page<RunSummary>([.. page.Select(RunAssembly.Summary)], next);
        });
    }

    /// <summary>The newest fitted document; null without one.</summary>
    public string? FindFitted() => Read(connection => connection.QuerySingleOrDefault<string>(FittedStatements.Newest));

    /// <summary>A published result; null without one.</summary>
    public StoredBenchmark? FindBenchmark(Guid id) =>
        Read(connection => connection.QuerySingleOrDefault<BenchmarkRow>(BenchmarkRow.One, new { id = StoredValue.Id(id) })?.ToBody());

    /// <summary>A page of published results without their questions.</summary>
    public Page<StoredBenchmark> ListBenchmarks(BenchmarkFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, Limits.MaxPageSize);
        long? before = filter.Cursor is { } cursor ? SequenceCursor.Read(cursor, filter.Parts) : null;
        var values = new { before, suite = filter.Suite, strategy = filter.Strategy, from = StoredTime.Write(filter.From), to = StoredTime.Write(filter.To), rows = limit + 1 };
        return Read(connection =>
        {
            var rows = connection.Query<BenchmarkRow>(BenchmarkRow.Page, values).AsList();
            var next = rows.Count > limit ? SequenceCursor.Write(rows[limit - 1].seq, filter.Parts) : null;
            return new Page<StoredBenchmark>([.. rows.Take(limit).Select(static row => row.ToBody())], next);
        });
    }

    /// <summary>The order of the newest label; 0 without any.</summary>
    public long FindNewestLabel() => Read(connection => connection.QuerySingle<long>(LabelledReading.NewestLabel));

    /// <summary>The votes of labelled runs.</summary>
    public LabelledRuns ReadLabelled(DateTimeOffset from, int most) => Read(connection =>
    {
        using var snapshot = connection.BeginSnapshot();
        return LabelledReading.Read(connection, from, most);
    });

    /// <summary>The newest proposal; null without one.</summary>
    public LastProposal? FindLastProposal() =>
        Read(connection => connection.QuerySingleOrDefault<ProposalRow>(ProposalRow.Newest) is { } row ? new LastProposal(row.ToBody(), row.label_seq) : null);

    /// <summary>A proposal with its document; null without one.</summary>
    public CalibrationProposal? FindProposal(Guid id) =>
        Read(connection => connection.QuerySingleOrDefault<ProposalRow>(ProposalRow.One, new { id = StoredValue.Id(id) })?.ToBody());

    /// <summary>A page of proposals without their documents.</summary>
    public Page<CalibrationProposal> ListProposals(int limit, string? cursor)
    {
        var before = cursor is null ? long.MaxValue : SequenceCursor.Read(cursor, "proposals");
        return Read(connection =>
        {
            var rows = connection.Query<ProposalRow>(ProposalRow.Page, new { before, rows = limit + 1 }).AsList();
            var next = rows.Count > limit ? SequenceCursor.Write(rows[limit - 1].seq, "proposals") : null;
            return new Page<CalibrationProposal>([.. rows.Take(limit).Select(static row => row.ToBody())], next);
        });
    }

    /// <inheritdoc cref="RunDatabase.Check"/>
    public IReadOnlyList<string> Check() => Read(database.Check);

    /// <summary>Reads on a connection of its own.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public T Read<T>(Func<DbConnection, T> read)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var connection = database.OpenReader();
            var found = read(connection);
            StorageMetrics.Read(Stopwatch.GetElapsedTime(began), isRead: true);
            return found;
        }
        catch (Exception fault) when (fault is DbException or IOException or UnauthorizedAccessException)
        {
            StorageMetrics.Read(Stopwatch.GetElapsedTime(began), isRead: false);
            throw new RunLogUnavailableException("The run log cannot be read.", fault);
        }
    }
}
