using Consensus.Contracts.Runs;
using Consensus.Storage.Audit;
using Consensus.Storage.Keys;
using Consensus.Storage.Privacy;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Scoring;

namespace Consensus.Storage.Runs.Writing;

/// <summary>A run as it will stand in the file: filtered by the privacy level, ready to be bound. Made by the caller, so that the writer only writes.</summary>
internal sealed record PreparedRun
{
    public required byte[] RunId { get; init; }

    public required long CreatedAt { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Values in the order of <see cref="RunColumns"/>.</summary>
    public required object[] Run { get; init; }

    public required IReadOnlyList<object[]> Candidates { get; init; }

    public required IReadOnlyList<object[]> Clusters { get; init; }

    public required IReadOnlyCollection<string> Models { get; init; }

    public required IReadOnlyCollection<string> Tags { get; init; }

    /// <summary>The key that the run belongs to.</summary>
    public string? KeyId { get; init; }

    /// <summary>The hash of the record, by which the audit trail knows it; of a run that has not ended, nothing.</summary>
    public byte[] Hash { get; private init; } = [];

    /// <summary>The judge job to be made with the run; null for none.</summary>
    public NewJudgeJob? Judge { get; init; }

    /// <summary>What the run adds to its key's day; null for one that belongs to none or has not ended.</summary>
    public KeyCost? Cost { get; init; }

    public static IReadOnlyList<StoredField<RunRecord>> RunColumns { get; } = [.. RunFields.All, .. RequestFields.All];

    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static PreparedRun From(RunRecord record, ContentFilter filter)
    {
        var run = record.Run;
        filter = filter.Remembering();
        var values = Values(RunColumns, record);
        var candidates = (run.Candidates ?? []).Select((candidate, i) => Values(CandidateFields.All, new Placed<CandidateBody>(i, candidate))).ToArray();
        var models = Texts(values[ModelsColumn]).Concat(candidates.Select(row => (string)row[ModelColumn]));
        var prepared = new PreparedRun
        {
            RunId = StoredValue.Id(run.RunId),
            CreatedAt = StoredTime.Write(run.CreatedAt),
            Status = run.Status,
            Run = values,
            Candidates = candidates,
            Clusters = [.. run.Clusters.Select((cluster, i) => Values(ClusterFields.All, new Placed<ClusterBody>(i, cluster)))],
            Models = models.ToHashSet(StringComparer.Ordinal),
            Tags = Texts(values[TagsColumn]).ToHashSet(StringComparer.Ordinal),
            KeyId = record.KeyId,
            Judge = run.Status == RunStatus.Completed && filter.KeepsContent && JudgeWorks.IsJudgeable(run) ? record.Judge : null,
            Cost = record.KeyId is { } key && run is { Kind: not RunKind.Aggregate, Status: RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled }
                ? new KeyCost(key, KeyCostStatements.DayOf(run.CreatedAt), run.Usage?.CostUsd)
                : null,
        };
        return run.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled ? prepared with { Hash = RunRecordHash.Of(prepared) } : prepared;

        object[] Values<T>(IReadOnlyList<StoredField<T>> fields, T source) => [.. fields.Select(field => Value(field, source))];

        object Value<T>(StoredField<T> field, T source)
        {
            var value = filter.Apply(field.Class, field.Read(source), run.Kind);
            return StoredValue.ToSqlite(field.IsExcerpt && value is string text ? Excerpt.Of(text) : value);
        }
    }

    private static readonly int ModelsColumn = IndexOf(RunColumns, "models");

    private static readonly int TagsColumn = IndexOf(RunColumns, "tags");

    private static readonly int ModelColumn = IndexOf(CandidateFields.All, "model");

    private static int IndexOf(IReadOnlyList<StoredField> fields, string column) => fields.Index().First(field => field.Item.Column == column).Index;

    /// <summary>The texts of a JSON column, as they will be stored.</summary>
    private static IReadOnlyList<string> Texts(object value) => StoredJson.Texts((string)value)!;
}
