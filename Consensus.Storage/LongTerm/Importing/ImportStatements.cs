using System.Data.Common;
using System.Globalization;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.LongTerm.Importing;

/// <summary>Puts whole runs into the database inside a transaction of the writer, each with its entry in the audit trail.</summary>
internal sealed class ImportStatements(DbConnection connection, AuditStatements audit) : IDisposable
{
    private readonly Statement _find = new(connection, "SELECT seq FROM runs WHERE run_id = $id", "$id");

    private readonly Statement _archived = new(connection, "SELECT record FROM archived_runs WHERE run_id = $id", "$id");

    private readonly Statement _deleted = new(connection,
        $"SELECT 1 FROM audit_log WHERE subject_kind = 'run' AND subject_id = $id AND action = '{WireName.Of(AuditAction.RunDeleted)}' LIMIT 1", "$id");

    private readonly Statement _run = Insert(connection, PortableTables.Runs, "RETURNING seq");
    private readonly Statement _candidate = Insert(connection, PortableTables.Candidates, "", "run_seq");
    private readonly Statement _cluster = Insert(connection, PortableTables.Clusters, "", "run_seq");
    private readonly Statement _label = Insert(connection, PortableTables.Labels, "", "run_seq");
    private readonly Statement _job = Insert(connection, PortableTables.Jobs, "RETURNING seq", "run_seq");
    private readonly Statement _score = Insert(connection, PortableTables.Scores, "", "run_seq", "job_seq");

    private readonly Statement _model = new(connection,
        $"INSERT INTO run_models (run_seq, model, created_at, run_id) VALUES ($seq, {Statement.Text("$model")}, $created, $id)", "$seq", "$model", "$created", "$id");

    private readonly Statement _tag = new(connection,
        $"INSERT INTO run_tags (run_seq, tag, created_at, run_id) VALUES ($seq, {Statement.Text("$tag")}, $created, $id)", "$seq", "$tag", "$created", "$id");

    /// <summary>Stores a run; null, or why not: an empty reason for one that is there already.</summary>
    public string? Import(PortableRun run, bool dryRun, DateTimeOffset now)
    {
        var hash = run.ComputeHash();
        if (_find.Scalar(run.IdBytes) is { } there)
        {
            return RunRecordHash.Of(connection, Number(there)).AsSpan().SequenceEqual(hash) ? "" : Refusal.Differs;
        }

        if (_archived.Scalar(run.IdBytes) is byte[] record)
        {
            return record.AsSpan().SequenceEqual(hash) ? "" : Refusal.Differs;
        }

        if (_deleted.Scalar(run.RunId.ToString("D")) is not null)
        {
            return Refusal.Deleted;
        }

        if (dryRun)
        {
            return null;
        }

        var seq = Insert(run);
        if (!RunRecordHash.Of(connection, seq).AsSpan().SequenceEqual(hash))
        {
            throw new InvalidDataException($"The run {run.RunId:D} did not come to the same record in this database.");
        }

        audit.Append(
            new AuditNote(AuditAction.RunImported, AuditSubjects.Run, run.RunId.ToString("D"), KeyId: null, new AuditDetail("digest", audit.Digest(hash))), now);
        return null;
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_find, _archived, _deleted, _run, _candidate, _cluster, _label, _job, _score, _model, _tag])
        {
            statement.Dispose();
        }
    }

    private long Insert(PortableRun run)
    {
        var seq = Number(_run.Scalar(run.Run)!);
        foreach (var candidate in run.Candidates)
        {
            _candidate.Execute([seq, .. candidate]);
        }

        foreach (var cluster in run.Clusters)
        {
            _cluster.Execute([seq, .. cluster]);
        }

        foreach (var model in run.Models)
        {
            _model.Execute(seq, model, run.CreatedAt, run.IdBytes);
        }

        foreach (var tag in run.Tags)
        {
            _tag.Execute(seq, tag, run.CreatedAt, run.IdBytes);
        }

        foreach (var label in run.Labels)
        {
            _label.Execute([seq, .. label]);
        }

        foreach (var job in run.Jobs)
        {
            var jobSeq = Number(_job.Scalar([seq, .. job.Job])!);
            foreach (var score in job.Scores)
            {
                _score.Execute([seq, jobSeq, .. score]);
            }
        }

        return seq;
    }

    private static long Number(object scalar) => Convert.ToInt64(scalar, CultureInfo.InvariantCulture);

    private static Statement Insert(DbConnection connection, PortableTable table, string ending, params string[] joins)
    {
        PortableColumn[] columns = [.. joins.Select(static join => new PortableColumn(join, PortableType.Integer)), .. table.Columns];
        var values = columns.Select(static column => column.Type == PortableType.Text ? Statement.Text("$" + column.Name) : "$" + column.Name);
        return new Statement(
            connection, $"INSERT INTO {table.Name} ({string.Join(", ", columns.Select(static column => column.Name))}) VALUES ({string.Join(", ", values)}) {ending}",
            [.. columns.Select(static column => "$" + column.Name)]);
    }
}

/// <summary>Why a run is not imported (<see cref="RefusedRun.Reason"/>).</summary>
internal static class Refusal
{
    public const string Differs = "differs";
    public const string Deleted = "deleted";
}
