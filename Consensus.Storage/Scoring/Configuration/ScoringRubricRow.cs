namespace Consensus.Storage.Scoring.Configuration;

#pragma warning disable IDE1006 // named as the columns are, so that a row maps by name

/// <summary>A row of <c>scoring_rubrics</c>.</summary>
internal sealed class ScoringRubricRow
{
    public string name { get; init; } = "";
    public int version { get; init; }
    public string sha256 { get; init; } = "";
}
