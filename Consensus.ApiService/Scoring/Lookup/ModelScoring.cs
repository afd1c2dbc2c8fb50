using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Evaluation;
using Consensus.Core.Judging;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>What judges made of each model, over the newest judged runs.</summary>
internal sealed class ModelScoring(RunLog log, ScoringConfigs configs)
{
    private const int JobsAtOnce = 64;
    private const double Tolerance = 1e-9;
    private static readonly Dictionary<int, CandidateBody> NoTexts = [];

    /// <param name="filter">Which runs; with a model, only that one is listed, against whom it stood.</param>
    /// <param name="rubricVersion">Only this version of the rubric; <c>null</c>: each.</param>
    /// <param name="judge">Only by this judge; <c>null</c>: by the whole panel.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ModelScoreList> ListAsync(JudgedFilter filter, string? rubricVersion, string? judge, CancellationToken cancellationToken)
    {
        var models = new Dictionary<string, Tally>(StringComparer.Ordinal);
        var count = 0;
        foreach (var jobs in (await log.ListJudgedAsync(filter, Limits.JudgedRuns, cancellationToken)).Chunk(JobsAtOnce))
        {
            var scores = await log.ReadJudgedAsync(jobs, judge, cancellationToken);
            foreach (var (job, rows) in jobs.Zip(scores))
            {
                if (rows.Count > 0 && (rubricVersion is null || rows[0].Rubric == rubricVersion))
                {
                    Add(job, rows, (await configs.FindAsync(job.ConfigVersion, cancellationToken))?.Config, models);
                    count++;
                }
            }
        }

        return new ModelScoreList(
            [
                .. models.Where(model => filter.Model is null || model.Key == filter.Model).Select(static model => model.Value.ToScore(model.Key))
                    .OrderByDescending(static m => m.Mean.HasValue).ThenByDescending(static m => m.Mean).ThenBy(static m => m.Model, StringComparer.Ordinal),
            ],
            count);
    }

    private static void Add(JudgedJob job, IReadOnlyList<StoredScore> rows, ScoringConfig? config, Dictionary<string, Tally> models)
    {
        var mapping = new JudgedRunMapping([.. rows.Select(static r => r.Score)], config?.Rubrics.FirstOrDefault(r => r.Name == job.Rubric), config);
        var figures = PanelReport.Of(mapping.ToRun(NoTexts), PanelRule.Median).Candidates;
        var names = rows.DistinctBy(static r => r.Score.Candidate).ToDictionary(static r => r.Score.Candidate, static r => r.Model);
        (string Model, double? Score)[] candidates = [.. mapping.Candidates.Zip(figures, (id, figure) => (names[id], figure.Score))];
        foreach (var rowsOfModel in rows.GroupBy(static r => r.Model))
        {
            var tally = models.TryGetValue(rowsOfModel.Key, out var known) ? known : models[rowsOfModel.Key] = new Tally();
            var own = candidates.Where(c => c.Model == rowsOfModel.Key).Select(static c => c.Score).OfType<double>().ToArray();
            var others = candidates.Where(c => c.Model != rowsOfModel.Key).Select(static c => c.Score).OfType<double>().ToArray();
            tally.Asked += rowsOfModel.Count(static r => r.Score.Unscored != UnscoredReason.Recused);
            tally.Unscored += rowsOfModel.Count(static r => r.Score.Unscored is { } reason && reason != UnscoredReason.Recused);
            tally.Jobs.Add((own.Sum(), own.Length));
            tally.Pairs += own.Length * others.Length;
            tally.Wins += own.Sum(score => others.Sum(other => Math.Abs(score - other) < Tolerance ? 0.5 : score > other ? 1 : 0));
        }
    }

    /// <summary>What is known of a model, job by job: the answers of one run to one question are not independent of each other.</summary>
    private sealed class Tally
    {
        public int Asked { get; set; }

        public int Unscored { get; set; }

        public long Pairs { get; set; }

        public double Wins { get; set; }

        public List<(double Sum, int Count)> Jobs { get; } = [];

        public ModelScore ToScore(string model)
        {
            var mean = ClusteredMean.Of(Jobs);
            return new ModelScore
            {
                Model = model,
                Mean = mean?.Mean,
                Interval = mean is { Low: { } low, High: { } high } ? new IntervalBody(Math.Max(0, low), Math.Min(1, high)) : null,
                N = mean?.Count ?? 0,
                UnscoredShare = Asked == 0 ? null : (double)Unscored / Asked,
                WinRate = Pairs == 0 ? null : Wins / Pairs,
            };
        }
    }
}
