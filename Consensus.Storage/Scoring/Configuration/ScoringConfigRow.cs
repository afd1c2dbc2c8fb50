namespace Consensus.Storage.Scoring.Configuration;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>What a look-up reads of a row of <c>scoring_configs</c>.</summary>
internal sealed class ScoringConfigRow
{
    public long seq { get; init; }
    public string version { get; init; } = "";
    public long put_at { get; init; }
    public string source { get; init; } = "";
    public string? key_id { get; init; }
    public string document { get; init; } = "";
}

/// <summary>A row of <c>scoring_rubrics</c>.</summary>
internal sealed class ScoringRubricRow
{
    public string name { get; init; } = "";
    public int version { get; init; }
    public string sha256 { get; init; } = "";
}
