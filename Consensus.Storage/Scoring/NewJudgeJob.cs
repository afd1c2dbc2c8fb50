namespace Consensus.Storage.Scoring;

/// <summary>A judge job that is to be made.</summary>
/// <param name="JobId">Its id, a UUIDv7.</param>
/// <param name="Rubric">The rubric's name.</param>
/// <param name="ConfigVersion">The version of the scoring configuration that it is judged by.</param>
/// <param name="TraceParent">The W3C trace context that judging belongs to; <c>null</c> without one.</param>
public sealed record NewJudgeJob(Guid JobId, string Rubric, string ConfigVersion, string? TraceParent);
