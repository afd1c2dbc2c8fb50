using Consensus.Contracts.Benchmarks;
using Consensus.Contracts.Fitting;
using Consensus.Contracts.Runs;
using Consensus.Storage.Audit.Recording;
using Consensus.Storage.Benchmarks;
using Consensus.Storage.Fitting;
using Consensus.Storage.Fitting.Proposals;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Runs;

/// <summary>What is known of runs afterwards, what that taught, and what it was worth.</summary>
public sealed partial class RunLog
{
    /// <summary>Adds a label to a finished run; the last one holds.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="label">The label; its gold is content, and stored as the privacy level lets it.</param>
    /// <param name="kind">How the run came about.</param>
    /// <param name="mayLabel">Whether the caller may label a run of that key (<c>null</c>: of no key).</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<Labelling> LabelAsync(Guid runId, RunLabel label, RunKind kind, Func<string?, bool> mayLabel, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        object?[] values =
        [
            StoredTime.Write(now), label.KeyId, label.Right, label.RightCluster, _filter.Apply(FieldClass.Content, label.Gold, kind),
        ];
        object[] stored = [.. values.Select(StoredValue.ToSqlite)];
        return _writer.WriteAsync(statements => statements.Label(runId, stored, mayLabel, label.KeyId, now), cancellationToken);
    }

    /// <summary>Makes a fitted document the newest; false when it is so already.</summary>
    /// <param name="state">The document.</param>
    /// <param name="keyId">The key that brought it.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<bool> PutFittedAsync(FittedState state, string? keyId, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(statements => statements.PutFitted(state, source: null, keyId, now), cancellationToken);
    }

    /// <summary>The text of the newest fitted document; null without one.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<string?> FindFittedAsync(CancellationToken cancellationToken) => ReadAsync(() => _reader.FindFitted(), cancellationToken);

    /// <summary>The order of the newest label; 0 without any.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<long> FindNewestLabelAsync(CancellationToken cancellationToken) => ReadAsync(() => _reader.FindNewestLabel(), cancellationToken);

    /// <summary>The votes of labelled runs, without their texts.</summary>
    /// <param name="from">Labelled at or after.</param>
    /// <param name="most">At most so many runs, the last labelled.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<LabelledRuns> ReadLabelledAsync(DateTimeOffset from, int most, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.ReadLabelled(from, most), cancellationToken);

    /// <summary>Stores what was fitted to labels and, in the same transaction, puts it in force when it is adopted.</summary>
    /// <param name="proposal">What came of it.</param>
    /// <param name="state">The document.</param>
    /// <param name="labelSeq">The newest label that it knew.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the write.</param>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task ProposeAsync(CalibrationProposal proposal, FittedState state, long labelSeq, CancellationToken cancellationToken)
    {
        RequireEnabled();
        return _writer.WriteAsync(
            statements => statements.Proposals.Put(proposal, state, labelSeq) && proposal.Adopted && statements.PutFitted(state, "proposal", keyId: null, proposal.ProposedAt),
            cancellationToken);
    }

    /// <summary>The newest proposal; null without one.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<LastProposal?> FindLastProposalAsync(CancellationToken cancellationToken) => ReadAsync(() => _reader.FindLastProposal(), cancellationToken);

    /// <summary>A proposal with its document; null without one.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<CalibrationProposal?> FindProposalAsync(Guid id, CancellationToken cancellationToken) => ReadAsync(() => _reader.FindProposal(id), cancellationToken);

    /// <summary>Lists proposals without their documents, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for this listing.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<CalibrationProposal>> ListProposalsAsync(int limit, string? cursor, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.ListProposals(limit, cursor), cancellationToken);

    /// <summary>Stores results of benchmarks, all or none; one whose content is stored already keeps its id.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be written.</exception>
    public Task<IReadOnlyList<PublishedBenchmark>> PublishAsync(IReadOnlyList<BenchmarkResult> results, string? keyId, CancellationToken cancellationToken)
    {
        RequireEnabled();
        var now = _time.GetUtcNow();
        return _writer.WriteAsync(
            statements =>
            {
                var published = statements.Benchmarks.Put(results, now, keyId);
                statements.Audit.Published(published, keyId, now);
                return published;
            },
            cancellationToken);
    }

    /// <summary>A published result, whole; null without one.</summary>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<StoredBenchmark?> FindBenchmarkAsync(Guid id, CancellationToken cancellationToken) => ReadAsync(() => _reader.FindBenchmark(id), cancellationToken);

    /// <summary>Lists published results without their questions, newest first, by keyset.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not issued for these filters.</exception>
    /// <exception cref="RunLogUnavailableException">The file cannot be read.</exception>
    public Task<Page<StoredBenchmark>> ListBenchmarksAsync(BenchmarkFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.ListBenchmarks(filter), cancellationToken);
}
