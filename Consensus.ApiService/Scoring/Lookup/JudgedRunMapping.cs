using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Judging;
using Consensus.LanguageModels.Judging.Panel;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>From stored scores of one job to what the panel's figures are computed from.</summary>
/// <param name="scores">The scores of one job.</param>
/// <param name="rubric">The job's rubric; <c>null</c> when it cannot be had any more.</param>
/// <param name="config">The job's configuration, likewise.</param>
internal sealed class JudgedRunMapping(IReadOnlyList<Score> scores, Rubric? rubric, ScoringConfig? config)
{
    /// <summary>The judges, in the panel's order.</summary>
    public IReadOnlyList<string> Judges { get; } = [.. (config?.Judges ?? []).Select(static j => j.Model).Union(scores.Select(static s => s.Judge))];

    /// <summary>The numbers of the candidates that were judged.</summary>
    public IReadOnlyList<int> Candidates { get; } =
        [.. scores.Select(static s => s.Candidate).Concat(scores.Select(static s => s.Opponent).OfType<int>()).Distinct().Order()];

    /// <summary>How the panel prefers.</summary>
    public PanelRule Rule => config is null ? PanelRule.Median : ScoreTable.RuleOf(config, Judges);

    /// <param name="candidates">The run's candidates by number, for their lengths and clusters; without one it has neither.</param>
    public JudgedRun ToRun(IReadOnlyDictionary<int, CandidateBody> candidates) => ScoreTable.Read(
        [.. Candidates.Select(id => (id, candidates.TryGetValue(id, out var c) ? new JudgedText(c.Text?.Length ?? 0, c.Cluster) : new JudgedText(0, null)))],
        scores, Judges, rubric);
}
