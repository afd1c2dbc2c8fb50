using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Judging;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>What a panel of judges made of a run, as it is shown. The figures are those of <see cref="PanelReport"/>.</summary>
internal sealed class PanelView
{
    public const string LowScore = "low_score";
    public const string JudgesDisagree = "judges_disagree";
    public const string MostlyUnscored = "mostly_unscored";

    /// <summary>A lesser mean difference between two judges is no disagreement, whatever alpha makes of it.</summary>
    private const double LeastSpread = 0.1;

    private readonly ConsensusResponse _run;
    private readonly JudgedRunMapping _mapping;
    private readonly PanelReport _report;
    private readonly Dictionary<int, CandidateBody> _candidates;
    private readonly Score[] _scores;

    /// <param name="run">The run with its candidates.</param>
    /// <param name="scores">All scores of one job.</param>
    /// <param name="rubric">The name of the job's rubric.</param>
    /// <param name="config">The job's configuration; <c>null</c> when it cannot be had any more.</param>
    public PanelView(ConsensusResponse run, IReadOnlyList<StoredScore> scores, string rubric, ScoringConfig? config)
    {
        _run = run;
        _scores = [.. scores.Select(static s => s.Score)];
        _candidates = (run.Candidates ?? []).ToDictionary(static c => c.Id);
        _mapping = new JudgedRunMapping(_scores, config?.Rubrics.FirstOrDefault(r => r.Name == rubric), config);
        _report = PanelReport.Of(_mapping.ToRun(_candidates), _mapping.Rule);
        Candidates = [.. _mapping.Candidates.Zip(_report.Candidates, Candidate).OrderByDescending(static c => c.Score.HasValue).ThenByDescending(static c => c.Score)];
        Judges = [.. _mapping.Judges.Zip(_report.Judges, Judge)];
        Best = HasAnswer ? Candidates.FirstOrDefault(c => c.Score is not null && c.Cluster == run.Clusters[0].Id) : null;
        Flags = [.. FlagsOf(config?.Thresholds ?? new ScoringThresholds())];
    }

    /// <summary>The candidates that were judged, the best panel score first.</summary>
    public IReadOnlyList<CandidateScore> Candidates { get; }

    /// <summary>How each judge did.</summary>
    public IReadOnlyList<JudgeSummary> Judges { get; }

    /// <summary>How far the judges agree.</summary>
    public double? Alpha => _report.Alpha;

    /// <summary>How far they are from each other.</summary>
    public double? Spread => _report.Spread;

    /// <summary>The best-scored candidate of the run's answer.</summary>
    public CandidateScore? Best { get; }

    /// <summary>What is to be looked at.</summary>
    public IReadOnlyList<string> Flags { get; }

    private bool HasAnswer => _run is { Outcome: Outcome.Consensus or Outcome.Plurality, Clusters.Count: > 0 };

    private CandidateScore Candidate(int id, CandidateFigures figures) => new()
    {
        Candidate = id,
        Model = _candidates.TryGetValue(id, out var candidate) ? candidate.Model : "",
        Cluster = candidate?.Cluster,
        Score = figures.Score,
        Scored = figures.Scored,
        Asked = figures.Asked,
        WinRate = figures.WinRate,
        HallucinationRate = figures.HallucinationRate,
    };

    private JudgeSummary Judge(string judge, JudgeRunFigures figures)
    {
        var asked = _scores.Where(s => s.Judge == judge && s.Unscored != UnscoredReason.Recused).ToArray();
        return new JudgeSummary
        {
            Judge = judge,
            Asked = asked.Length,
            Unscored = asked.Count(static s => s.Unscored is not null),
            Mean = figures.Mean,
            FlipRate = figures.FlipRate,
            FirstShown = figures.FirstShown,
            LengthCorrelation = figures.LengthCorrelation,
        };
    }

    private IEnumerable<string> FlagsOf(ScoringThresholds thresholds)
    {
        if (Best?.Score < thresholds.LowScore)
        {
            yield return LowScore;
        }

        if (Alpha < thresholds.LowAlpha && Spread > LeastSpread)
        {
            yield return JudgesDisagree;
        }

        var asked = Judges.Sum(static judge => judge.Asked);
        if (asked > 0 && (double)Judges.Sum(static judge => judge.Unscored) / asked > thresholds.UnscoredShare)
        {
            yield return MostlyUnscored;
        }
    }
}
