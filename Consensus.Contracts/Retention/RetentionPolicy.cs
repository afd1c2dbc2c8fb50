using System.Text.Json.Serialization;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Retention;

/// <summary>The tables of the run log that are purged by a rule of their own. What belongs to their rows goes with them.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RetainedTable>))]
public enum RetainedTable
{
    /// <summary>Judge jobs with their scores, by the time of their end.</summary>
    JudgeJobs,

    /// <summary>Runs with candidates, clusters, models, tags, labels, judge jobs and scores, by the time of their end.</summary>
    Runs,

    /// <summary>What was fitted to labels, by the time of the proposal.</summary>
    CalibrationProposals,

    /// <summary>Fitted documents, by the time at which they came in force.</summary>
    FittedDocuments,

    /// <summary>Published results of benchmarks, by the time of publishing.</summary>
    Benchmarks,
}

/// <summary>How long the rows of a table are kept.</summary>
/// <param name="Table">The table.</param>
/// <param name="Days">A row older than this is purged; <c>null</c>: however old.</param>
/// <param name="MaxRows">Of more rows than these, the oldest are purged; <c>null</c>: however many.</param>
public sealed record RetentionRule(RetainedTable Table, int? Days, long? MaxRows);

/// <summary>How long everything is kept.</summary>
/// <param name="Rules">One rule a table, in the order in which they are purged.</param>
/// <param name="HoldTags">A run with one of these tags is never erased, nor is anything that belongs to it: a legal hold.</param>
public sealed record RetentionPolicy(IReadOnlyList<RetentionRule> Rules, IReadOnlyList<string> HoldTags);
