using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring;

/// <summary>What of a run can be judged.</summary>
public static class JudgeWorks
{
    /// <summary>Whether a finished run can be judged: it has a question, and a candidate with a text.</summary>
    public static bool IsJudgeable(ConsensusResponse run) =>
        run.Request is { } request && (request.Prompt is not null || request.Messages is not null) && (run.Candidates ?? []).Any(static c => c.Text is not null);

    /// <summary>The work of an attempt.</summary>
    internal static JudgeWork Of(JudgeJob job, int attempt, ConsensusResponse run) => new()
    {
        JobId = job.JobId,
        RunId = job.RunId,
        Attempt = attempt,
        Rubric = job.Rubric,
        ConfigVersion = job.ConfigVersion,
        Messages = run.Request is { } request ? request.Messages ?? (request.Prompt is { } prompt ? [new RequestMessage("user", prompt)] : []) : [],
        Candidates =
        [
            .. (run.Candidates ?? []).Where(static c => c.Text is not null)
                .Select(static c => new JudgedCandidate { Id = c.Id, Model = c.Model, Family = c.Family ?? c.Model, Text = c.Text!, Cluster = c.Cluster }),
        ],
    };
}
