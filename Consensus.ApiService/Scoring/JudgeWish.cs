using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring;

/// <summary>Whether a run is to be judged once it is stored, and by what. Read with the request: a configuration that comes in force meanwhile is for later runs.</summary>
/// <param name="Asked">Whether the caller said so; <c>null</c>: the sample decides.</param>
/// <param name="Rubric">The rubric by name; <c>null</c>: that of the configuration.</param>
/// <param name="Config">The configuration in force; <c>null</c> without any.</param>
internal sealed record JudgeWish(bool? Asked, string? Rubric, VersionedScoringConfig? Config)
{
    /// <summary>The job of a run that has ended; <c>null</c> when it is not to be judged. Runs that did not complete are not.</summary>
    public NewJudgeJob? JobFor(ConsensusResponse run, DateTimeOffset now)
    {
        if (!IsDue(run))
        {
            return null;
        }

        return new NewJudgeJob(Guid.CreateVersion7(now), Rubric ?? Config!.Config.Rubric, Config!.Version, JudgeTrace.Parent());
    }

    /// <summary>Whether the run is to be judged, asked for or drawn.</summary>
    public bool IsDue(ConsensusResponse run) =>
        Asked != false && run.Status == RunStatus.Completed && Config is { Config: { Judges.Count: > 0 } config }
        && (Asked == true || JudgeSampling.IsDrawn(run.RunId, config.SamplingRate));
}
