using System.Data.Common;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs.Fields;
using Consensus.Storage.Runs.Writing;

namespace Consensus.Storage.Scoring;

/// <summary>What the writer does with scores inside a transaction.</summary>
internal sealed class ScoreStatements(DbConnection connection) : IDisposable
{
    /// <summary>What stands for no opponent.</summary>
    public const int NoOpponent = -1;

    private static readonly string[] Given =
    [
        "candidate", "opponent", "shown", "judge", "criterion", "method", "grade", "value", "unscored", "prompt", "repaired", "latency_ms", "has_usage",
        "input_tokens", "output_tokens", "cost_usd", "claim", "rationale",
    ];

    private static readonly string[] Replaced =
    [
        "method", "grade", "value", "unscored", "scored_at", "prompt", "repaired", "latency_ms", "has_usage", "input_tokens", "output_tokens", "cost_usd", "claim",
        "rationale",
    ];

    private readonly Statement _model = new(connection, "SELECT model FROM candidates WHERE run_seq = $run AND candidate_id = $candidate", "$run", "$candidate");

    // What is scored stays as it is; what is not gives way to what is.
    private readonly Statement _put = new(connection,
        $"""
         INSERT INTO scores (job_seq, run_seq, job_id, run_id, key_id, rubric, config_version, scored_at, model, {string.Join(", ", Given)})
         SELECT seq, run_seq, job_id, run_id, key_id, $rubric, config_version, $now, {Statement.Text("$model")}, {string.Join(", ", Given.Select(Value))}
         FROM judge_jobs WHERE seq = $job
         ON CONFLICT (job_seq, candidate, opponent, shown, judge, criterion)
         DO UPDATE SET {string.Join(", ", Replaced.Select(column => $"{column} = excluded.{column}"))}
         WHERE scores.value IS NULL AND excluded.value IS NOT NULL
         """,
        ["$job", "$rubric", "$now", "$model", .. Given.Select(column => "$" + column)]);

    /// <summary>Stores scores, each once; returns how many are new or took the place of one that was unscored, and what those cost in US dollars.</summary>
    /// <param name="jobSeq">The job's order.</param>
    /// <param name="runSeq">The run's order.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="rubric">The rubric as <c>name@version</c>.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">A score is about a candidate that the run does not have, or holds a number that is not finite.</exception>
    public (int Stored, decimal CostUsd) Put(long jobSeq, long runSeq, IReadOnlyList<Score> scores, string rubric, DateTimeOffset now)
    {
        var models = new Dictionary<int, string>();
        var stored = scores.Where(score => _put.Execute([jobSeq, rubric, StoredTime.Write(now), Model(score.Candidate), .. Values(score)]) > 0).ToList();
        return (stored.Count, stored.Sum(static score => score.Usage?.CostUsd ?? 0));

        string Model(int candidate) => models.TryGetValue(candidate, out var known) ? known
            : models[candidate] = _model.Scalar(runSeq, (long)candidate) as string
                ?? throw new ArgumentException($"The run has no candidate {candidate}.", nameof(scores));
    }

    public void Dispose()
    {
        _model.Dispose();
        _put.Dispose();
    }

    private static string Value(string column) => column is "claim" or "rationale" ? Statement.Text("$" + column) : "$" + column;

    /// <summary>In the order of <see cref="Given"/>.</summary>
    private static IEnumerable<object> Values(Score score) => new object?[]
    {
        score.Candidate, score.Opponent ?? NoOpponent, score.Order ?? "", score.Judge, score.Criterion, WireName.Of(score.Method), score.Grade, score.Value,
        WireName.Of(score.Unscored), score.Prompt, score.Repaired, score.LatencyMs, score.Usage is not null, score.Usage?.InputTokens, score.Usage?.OutputTokens,
        score.Usage?.CostUsd, score.Claim, score.Rationale,
    }.Select(StoredValue.ToSqlite);
}
