using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Audit;
using Consensus.Storage.Databases;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.LongTerm.Exporting;

/// <summary>What an export by schedule is to be.</summary>
/// <param name="Folder">Where exports go, a folder each.</param>
/// <param name="Format">How.</param>
/// <param name="Level">How hard Zstandard tries, 1 to 19; 9 unless it is given.</param>
/// <param name="Before">Runs that ended before this, late enough ago that each is stored by now.</param>
/// <param name="Keep">How many exports stay in the folder; <c>null</c>: all.</param>
public sealed record ScheduledExportOrder(string Folder, ExportFormat Format, int? Level, DateTimeOffset Before, int? Keep);

/// <summary>
/// The last export by schedule. The audit trail remembers it, in the transaction that makes it count: what was written and is not remembered is written again,
/// and what is remembered is never written again.
/// </summary>
/// <param name="ExportId">The export.</param>
/// <param name="At">When it was remembered.</param>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Name">Its folder.</param>
/// <param name="ThroughFinishedAt">When its last run ended.</param>
/// <param name="ThroughRunId">Its last run.</param>
public sealed record ScheduledExport(Guid ExportId, DateTimeOffset At, long Sequence, string Name, DateTimeOffset ThroughFinishedAt, Guid ThroughRunId)
{
    private const string Subject = "runs";

    internal EndPlace Through => new(StoredTime.Write(ThroughFinishedAt), StoredValue.Id(ThroughRunId));

    /// <summary>The last that is remembered; null before the first.</summary>
    internal static ScheduledExport? Last(DbConnection connection)
    {
        using var command = connection.Command(
            "SELECT at, detail FROM audit_log WHERE subject_kind = $kind AND subject_id = $id ORDER BY seq DESC LIMIT 1");
        command.Add("$kind", AuditSubjects.ExportSchedule);
        command.Add("$id", Subject);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        using var detail = JsonDocument.Parse(reader.GetString(1));
        var root = detail.RootElement;
        return new ScheduledExport(
            root.GetProperty("exportId").GetGuid(), StoredTime.Read(reader.GetInt64(0)), root.GetProperty("sequence").GetInt64(), root.GetProperty("folder").GetString()!,
            root.GetProperty("throughFinishedAt").GetDateTimeOffset(), root.GetProperty("throughRunId").GetGuid());
    }

    /// <summary>The entry that remembers an export.</summary>
    internal static AuditNote Note(string name, ExportManifest manifest, EndedRuns ended) => new(
        Contracts.Audit.AuditAction.RunsExported, AuditSubjects.ExportSchedule, Subject, KeyId: null, new("exportId", manifest.ExportId.ToString("D")),
        new("sequence", ended.Sequence), new("folder", name), new("runs", manifest.Rows[PortableTables.Runs.Name]), new("format", manifest.Format),
        new("recordsSha256", manifest.RecordsSha256), new("throughFinishedAt", ended.ThroughFinishedAt.ToString("O", CultureInfo.InvariantCulture)),
        new("throughRunId", ended.ThroughRunId.ToString("D")));
}

/// <summary>How far an export by schedule is.</summary>
internal enum ExportStep
{
    /// <summary>Its files are written, with their manifest, and nobody knows of them.</summary>
    Written,

    /// <summary>The audit trail remembers it; its folder still has the name of one that is not finished.</summary>
    Remembered,
}
