using System.Data;
using Consensus.Contracts.Runs;
using Consensus.Storage.Labels;
using Consensus.Storage.Runs.Reading;
using Dapper;

namespace Consensus.Storage.LongTerm.Archiving;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>Where an archived run lies.</summary>
internal sealed class ArchivedRow
{
    /// <summary>The columns, of <c>archived_runs</c> as <c>a</c> with its file as <c>f</c>.</summary>
    public const string Select =
        """
        SELECT a.run_id, a.segment_seq, f.path, a.block_offset, a.line, a.record, a.key_id, a.created_at
        FROM archived_runs a JOIN archive_segments f ON f.seq = a.segment_seq
        """;

    public byte[] run_id { get; init; } = [];
    public long segment_seq { get; init; }
    public string path { get; init; } = "";
    public long block_offset { get; init; }
    public long line { get; init; }
    public byte[] record { get; init; } = [];
    public string? key_id { get; init; }
    public long created_at { get; init; }
}

/// <summary>From an archived run to what look-ups answer: its rows are read as those of the database are.</summary>
internal static class ArchivedAssembly
{
    public static ConsensusResponse Run(PortableRun run)
    {
        var label = run.Labels.Count == 0 ? null : Rows<LabelRow>(PortableTables.Labels, [run.Labels[^1]])[0];
        return RunAssembly.Run(
            Rows<RunRow>(PortableTables.Runs, [run.Run])[0], Rows<CandidateRow>(PortableTables.Candidates, run.Candidates), Rows<ClusterRow>(PortableTables.Clusters, run.Clusters))
            with
        { Label = label?.ToBody() };
    }

    public static RunSummary Summary(PortableRun run) => RunAssembly.Summary(Rows<SummaryRow>(PortableTables.Runs, [run.Run])[0]);

    private static List<T> Rows<T>(PortableTable table, IReadOnlyList<object[]> rows)
    {
        using var data = new DataTable();
        foreach (var column in table.Columns)
        {
            data.Columns.Add(column.Name, column.Type switch
            {
                PortableType.Integer => typeof(long),
                PortableType.Real => typeof(double),
                PortableType.Id => typeof(byte[]),
                _ => typeof(string),
            });
        }

        foreach (var row in rows)
        {
            data.Rows.Add(row);
        }

        using var reader = data.CreateDataReader();
        return [.. reader.Parse<T>()];
    }
}
