using System.Text.Json;
using Consensus.ApiService.Http;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>What judges made of a run: reads its scores and the configuration that they were given under, and lets the panel's figures be computed.</summary>
internal sealed class RunScoring(RunLog log, ScoringConfigs configs)
{
    /// <summary>The run with the short form of its newest judgement; as it is when it was not judged.</summary>
    public async Task<ConsensusResponse> SummarizeAsync(ConsensusResponse run, CancellationToken cancellationToken)
    {
        if (await log.FindJobScoresAsync(run.RunId, jobId: null, rubric: null, keyId: null, cancellationToken) is not { } judged)
        {
            return run;
        }

        var view = await ViewAsync(run, judged, cancellationToken);
        var summary = new RunScoreSummary
        {
            JobId = judged.Job.JobId,
            Rubric = judged.Job.Rubric,
            Score = view.Best?.Score,
            Candidate = view.Best?.Candidate,
            Flags = view.Flags,
            JudgedAt = judged.Job.FinishedAt,
        };
        return run with { Scores = JsonSerializer.SerializeToElement(summary, WireJson.Default.RunScoreSummary) };
    }

    /// <summary>What judges made of a run; <c>null</c> when a job was asked for that is not one of the run's.</summary>
    /// <param name="run">The run.</param>
    /// <param name="filter">Which job and which of its scores; the panel's figures are those of all of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RunScores?> FindAsync(ConsensusResponse run, ScoreFilter filter, CancellationToken cancellationToken)
    {
        var judged = await log.FindJobScoresAsync(run.RunId, filter.JobId, filter.Rubric?.Split('@')[0], keyId: null, cancellationToken);
        if (judged is null)
        {
            return filter.JobId is null ? new RunScores { RunId = run.RunId, Candidates = [], Judges = [], Flags = [], Scores = [] } : null;
        }

        var view = await ViewAsync(run, judged, cancellationToken);
        return new RunScores
        {
            RunId = run.RunId,
            Job = judged.Job,
            Candidates = view.Candidates,
            Judges = view.Judges,
            Alpha = view.Alpha,
            Spread = view.Spread,
            Flags = view.Flags,
            Scores = [.. judged.Scores.Where(score => Fits(score, filter)).Select(static score => score.Score)],
        };
    }

    private async Task<PanelView> ViewAsync(ConsensusResponse run, JobScores judged, CancellationToken cancellationToken) =>
        new(run, judged.Scores, judged.Job.Rubric, (await configs.FindAsync(judged.Job.ConfigVersion, cancellationToken))?.Config);

    private static bool Fits(StoredScore stored, ScoreFilter filter)
    {
        var score = stored.Score;
        return (filter.Model is null || stored.Model == filter.Model)
            && (filter.Judge is null || score.Judge == filter.Judge)
            && (filter.Rubric is null || stored.Rubric == filter.Rubric || stored.Rubric.Split('@')[0] == filter.Rubric)
            && (filter.Method is null || score.Method == filter.Method)
            && (filter.Min is null || score.Value >= filter.Min)
            && (filter.Max is null || score.Value <= filter.Max)
            && (filter.Unscored is null || filter.Unscored == score.Value is null)
            && (filter.From is null || stored.ScoredAt >= filter.From)
            && (filter.To is null || stored.ScoredAt < filter.To);
    }
}
