using System.Data;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Learning;
using Consensus.Storage.Fitting;
using Consensus.Storage.Runs.Fields;
using Dapper;

namespace Consensus.Storage.Labels;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>Reads the votes of labelled runs.</summary>
/// <remarks>
/// Taken are finished runs in which every model was awaited: where the fan-out ends early, as a cascade does, who is missing depends on what the others said. After a
/// debate votes are not each model's own. A run nobody voted in teaches no weight. The text's length counts code points, that of a live answer UTF-16 units; they differ by the characters beyond the Basic Multilingual Plane.
/// </remarks>
internal static class LabelledReading
{
    public const string NewestLabel = "SELECT coalesce(max(seq), 0) FROM labels";

    private const string Votes =
        """
        WITH labelled AS MATERIALIZED (
            SELECT l.run_seq, l.right_cluster, r.category, k.answer_kind, (SELECT count(*) FROM clusters WHERE run_seq = l.run_seq) AS cluster_count
            FROM labels l JOIN runs r ON r.seq = l.run_seq JOIN clusters k ON k.run_seq = l.run_seq AND k.position = 0
            WHERE l.seq = (SELECT max(seq) FROM labels WHERE run_seq = l.run_seq) AND l.labelled_at >= @from
              AND (l.right_cluster IS NOT NULL OR l.answer_right = 0) AND r.status = 'completed' AND (r.early_stop IS NULL OR r.early_stop = 'off') AND r.strategy NOT IN ('cascade', 'debate')
            ORDER BY l.seq DESC LIMIT @most
        )
        SELECT v.run_seq, v.right_cluster, v.category, v.answer_kind, v.cluster_count, c.model, c.cluster_id, length(c.text) AS length
        FROM labelled v JOIN candidates c ON c.run_seq = v.run_seq ORDER BY c.run_seq, c.position
        """;

    public static LabelledRuns Read(IDbConnection connection, DateTimeOffset from, int most)
    {
        var newest = connection.QuerySingle<long>(NewestLabel);
        var runs = connection.Query<VoteRow>(Votes, new { from = StoredTime.Write(from), most }).GroupBy(static row => row.run_seq).Select(static rows => rows.ToArray());
        var panels = runs
            .GroupBy(static rows => FittedState.Key(Models(rows), Kind(rows[0])))
            .Select(static panel => (Models: Models(panel.First()), Kind: Kind(panel.First()[0]), Runs: panel))
            .Where(static panel => panel.Models.Length > 1)
            .OrderBy(static panel => FittedState.Key(panel.Models, panel.Kind), StringComparer.Ordinal);
        return new LabelledRuns([.. panels.Select(static panel => new LabelledPanel(panel.Models, panel.Kind, [.. panel.Runs.Select(Question)]))], newest);
    }

    private static string[] Models(VoteRow[] rows) => [.. rows.Select(static row => row.model).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static AnswerKind Kind(VoteRow row) => Enum.Parse<AnswerKind>(WireName.Parse<AnswerKindName>(row.answer_kind).ToString());

    private static PartlyLabelled Question(VoteRow[] rows)
    {
        // Of some texts alone, no quartile of lengths is to be had.
        var lengths = rows.All(static row => row.cluster_id is null || row.length > 0);
        var panel = new PanelVotes
        {
            Votes = [.. rows.Select(row => new ModelVote(row.model, (int)(row.cluster_id ?? -1), lengths ? (int)(row.length ?? 0) : 0))],
            ClusterCount = (int)rows[0].cluster_count,
            Category = rows[0].category,
        };
        return new PartlyLabelled(panel, (int?)rows[0].right_cluster);
    }

    private sealed class VoteRow
    {
        public long run_seq { get; init; }
        public long? right_cluster { get; init; }
        public string? category { get; init; }
        public string answer_kind { get; init; } = "";
        public long cluster_count { get; init; }
        public string model { get; init; } = "";
        public long? cluster_id { get; init; }
        public long? length { get; init; }
    }
}
