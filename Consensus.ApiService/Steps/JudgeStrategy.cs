using System.Text.Json;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Deciding;
using Consensus.Core.Judging;
using Consensus.LanguageModels.Judging.Panel;

namespace Consensus.ApiService.Steps;

/// <summary>The judges of the scoring configuration grade each cluster's medoid, by the code that judges stored runs; the panel's best leads.</summary>
internal sealed class JudgeStrategy : VoteThenStep
{
    /// <summary>Somebody waits for the answer: more questions are open at once than where stored runs are judged.</summary>
    private const int LeastConcurrency = 16;

    public override string Name => "judge";

    public override string Description =>
        "The judges of the scoring configuration grade each cluster's medoid by a rubric, in pairs in both orders where it says so, never their own family; the best graded leads. When quality can be judged better than answers agree.";

    public override string? WhyNoEarlyStop => "judges decide, not the vote";

    protected override string StepName => "judge";

    public override IReadOnlyList<string> PromptsOf(RunPlan plan) => plan.Judge?.Config is not { } scoring ? []
        : [PointwiseJudge.Prompt.Id, .. ForWaiting(scoring.Config).Pairwise.Enabled ? (string[])[PairwiseJudge.Prompt.Id] : []];

    protected override StepReason? WhySkipped(VotedPanel panel) =>
        panel.Vote.Outcome == DecisionOutcome.QuorumNotMet ? StepReason.QuorumNotMet : panel.Vote.Clusters.Count < 2 ? StepReason.NotContested : null;

    protected override async Task<StepsTaken> TakeAsync(StepRun run, VotedPanel panel, Step step)
    {
        if (run.Plan.Judge?.Config is not { Config.Judges.Count: > 0 } scoring)
        {
            step.FallBack(StepReason.NoJudges, "The scoring configuration names no judge. The vote holds.");
            return AsVoted(panel);
        }

        var config = ForWaiting(scoring.Config);
        var work = Work(run, panel, scoring, config);
        var said = await new RunJudge(run.Catalog, step.AskAsync).JudgeAsync(work, config, run.CallerGone);
        var report = PanelReport.Of(
            ScoreTable.Read(
                [.. work.Candidates.Select(c => (c.Id, new JudgedText(c.Text.Length, c.Cluster)))], said.Scores, [.. config.Judges.Select(j => j.Model)],
                config.Rubrics.First(r => r.Name == work.Rubric)),
            ScoreTable.RuleOf(config));
        var details = Details(work, config, said, report);
        if (WhyNoLeader(report, config, said) is var (reason, message))
        {
            step.FallBack($"{message} The vote holds.", reason, details);
            return AsVoted(panel);
        }

        if (report.LeadingCluster is not { } leader)
        {
            step.FallBack(StepReason.Tie, $"{report.Leaders.Count} answers share the first place. The vote holds.", details);
            return AsVoted(panel);
        }

        step.Complete(details);
        return new StepsTaken(panel.Answers, ChosenLeader.Put(panel.Vote, leader, panel.Input));
    }

    protected override Redone Redo(DecisionInput input, Decision vote, JsonElement details)
    {
        var told = StepsJson.Read<JudgeDetails>(details);
        // Where each is compared with each, most points and the highest share of pairs are the same.
        var best = told.Candidates.MaxBy(graded => told.Aggregation == PanelAggregation.Anchored ? graded.WinRate : graded.Score);
        return new Redone(best is not null && Redone.ClusterOf(vote, best.Candidate) is { } leader ? ChosenLeader.Put(vote, leader, input) : vote);
    }

    // Claims tell of a text, not which of several is the better one: nothing here is decided by them.
    private static ScoringConfig ForWaiting(ScoringConfig config) => config with
    {
        Claims = config.Claims with { Enabled = false },
        Pairwise = config.Pairwise with { Enabled = config.Pairwise.Enabled || config.Panel.Aggregation == PanelAggregation.Anchored },
        Jobs = config.Jobs with { Concurrency = Math.Max(LeastConcurrency, config.Jobs.Concurrency) },
    };

    private static JudgeWork Work(StepRun run, VotedPanel panel, VersionedScoringConfig scoring, ScoringConfig config)
    {
        // Who is compared in pairs is bounded: then the largest clusters are.
        var most = config.Panel.Aggregation == PanelAggregation.Anchored ? config.Pairwise.MaxCandidates : int.MaxValue;
        return new JudgeWork
        {
            JobId = run.Plan.RunId,
            RunId = run.Plan.RunId,
            Attempt = 1,
            Rubric = run.Plan.Judge!.Rubric ?? config.Rubric,
            ConfigVersion = scoring.Version,
            Messages = [.. run.Plan.Messages.Select(m => new RequestMessage(m.Role.Value, m.Text))],
            Candidates =
            [
                .. panel.Vote.Clusters.Take(most).Select((cluster, k) => new JudgedCandidate
                {
                    Id = cluster.Representative,
                    Model = panel.ModelOf(cluster.Representative),
                    Family = panel.Input.Candidates[cluster.Representative].Family,
                    Text = panel.TextOf(cluster.Representative),
                    Cluster = k,
                }),
            ],
        };
    }

    /// <summary>Unscored is not zero: over an answer that nobody graded no other is put.</summary>
    private static (StepReason Reason, string Message)? WhyNoLeader(PanelReport report, ScoringConfig config, Judgement said)
    {
        if (said.Answers.Count == 0)
        {
            return (StepReason.NoJudges, "Every judge is of the family of what it would judge, or not configured here.");
        }

        var missing = report.Candidates.Count(c => config.Panel.Aggregation == PanelAggregation.Anchored ? c.WinRate is null : c.Score is null);
        return missing == 0 ? null : (
            said.Answers.All(a => a.Unscored is UnscoredReason.Malformed or UnscoredReason.OffMenu) ? StepReason.Malformed : StepReason.TooFew,
            $"{missing} of {report.Candidates.Count} answers have no grade.");
    }

    private static JsonElement Details(JudgeWork work, ScoringConfig config, Judgement said, PanelReport report) => StepsJson.Of(new JudgeDetails(
        work.Rubric,
        work.ConfigVersion,
        config.Panel.Aggregation,
        [.. work.Candidates.Zip(report.Candidates, (c, figures) => new GradedDetails(c.Id, StepsJson.Rounded(figures.Score), StepsJson.Rounded(figures.WinRate), figures.Scored, figures.Asked))],
        StepsJson.Rounded(report.Alpha),
        said.Scores.Where(s => s.Unscored is not null).GroupBy(s => WireName.Of(s.Unscored)!).ToDictionary(g => g.Key, g => g.Count())));
}

/// <summary>What judges made of the clusters.</summary>
/// <param name="Rubric">The rubric.</param>
/// <param name="ConfigVersion">The version of the scoring configuration.</param>
/// <param name="Aggregation">How the panel prefers.</param>
/// <param name="Candidates">The clusters' medoids, by the vote's order.</param>
/// <param name="Alpha">Krippendorff's alpha of the judges' scores; <c>null</c> where it cannot be had.</param>
/// <param name="Unscored">How many grades could not be had, by reason.</param>
internal sealed record JudgeDetails(
    string Rubric, string ConfigVersion, PanelAggregation Aggregation, IReadOnlyList<GradedDetails> Candidates, double? Alpha, IReadOnlyDictionary<string, int> Unscored);

/// <summary>What judges made of one.</summary>
/// <param name="Candidate">The medoid's number.</param>
/// <param name="Score">The median of the judges' scores, 0 to 1; <c>null</c> when unscored.</param>
/// <param name="WinRate">Its share of won pairs; <c>null</c> without pairs.</param>
/// <param name="Scored">How many judges scored it.</param>
/// <param name="Asked">How many were asked to.</param>
internal sealed record GradedDetails(int Candidate, double? Score, double? WinRate, int Scored, int Asked);
