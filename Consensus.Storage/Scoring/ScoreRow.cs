using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring;

/// <summary>What a look-up reads of a row of <c>scores</c>.</summary>
internal sealed class ScoreRow
{
    /// <summary>The columns, of the table as <c>s</c>.</summary>
    public const string Columns =
        """
        s.seq, s.job_id, s.run_id, s.candidate, s.opponent, s.shown, s.judge, s.criterion, s.method, s.model, s.rubric, s.config_version, s.grade, s.value,
        s.unscored, s.scored_at, s.prompt, s.repaired, s.latency_ms, s.has_usage, s.input_tokens, s.output_tokens, s.cost_usd, s.claim, s.rationale
        """;

    /// <summary>All scores of a job, in the order in which they came.</summary>
    public const string OfJob = $"SELECT {Columns} FROM scores s INDEXED BY scores_by_job WHERE s.job_seq = @seq ORDER BY s.seq";

    public long seq { get; init; }
    public byte[] job_id { get; init; } = [];
    public byte[] run_id { get; init; } = [];
    public long candidate { get; init; }
    public long opponent { get; init; }
    public string shown { get; init; } = "";
    public string judge { get; init; } = "";
    public string criterion { get; init; } = "";
    public string method { get; init; } = "";
    public string model { get; init; } = "";
    public string rubric { get; init; } = "";
    public string config_version { get; init; } = "";
    public string? grade { get; init; }
    public double? value { get; init; }
    public string? unscored { get; init; }
    public long scored_at { get; init; }
    public string prompt { get; init; } = "";
    public long repaired { get; init; }
    public double? latency_ms { get; init; }
    public long has_usage { get; init; }
    public long? input_tokens { get; init; }
    public long? output_tokens { get; init; }
    public string? cost_usd { get; init; }
    public string? claim { get; init; }
    public string? rationale { get; init; }

    public StoredScore ToBody() => new()
    {
        RunId = StoredValue.Id(run_id),
        JobId = StoredValue.Id(job_id),
        Model = model,
        Rubric = rubric,
        ConfigVersion = config_version,
        ScoredAt = StoredTime.Read(scored_at),
        Score = ToScore(),
    };

    public Score ToScore() => new()
    {
        Candidate = (int)candidate,
        Opponent = opponent == ScoreStatements.NoOpponent ? null : (int)opponent,
        Order = shown.Length == 0 ? null : shown,
        Judge = judge,
        Criterion = criterion,
        Method = WireName.Parse<ScoreMethod>(method),
        Grade = grade,
        Value = value,
        Unscored = WireName.ParseOrNull<UnscoredReason>(unscored),
        Rationale = rationale,
        Claim = claim,
        Prompt = prompt,
        Repaired = repaired != 0,
        LatencyMs = latency_ms,
        Usage = has_usage == 0 ? null : new UsageBody(input_tokens, output_tokens, StoredValue.Money(cost_usd)),
    };
}
