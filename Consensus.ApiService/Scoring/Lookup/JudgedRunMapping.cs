using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Judging;

namespace Consensus.ApiService.Scoring.Lookup;

/// <summary>From stored scores of one job to what the panel's figures are computed from.</summary>
internal sealed class JudgedRunMapping
{
    private readonly IReadOnlyList<Score> _scores;
    private readonly (string Name, double Weight)[] _criteria;
    private readonly int[] _candidates;

    /// <param name="scores">The scores of one job.</param>
    /// <param name="rubric">The job's rubric; <c>null</c> when it cannot be had any more: then the criteria that were graded count alike.</param>
    /// <param name="config">The job's configuration, likewise.</param>
    public JudgedRunMapping(IReadOnlyList<Score> scores, Rubric? rubric, ScoringConfig? config)
    {
        _scores = scores;
        _criteria = rubric is not null
            ? [.. rubric.Criteria.Select(static c => (c.Name, c.Weight))]
            : [.. scores.Where(static s => s.Method == ScoreMethod.Pointwise).Select(static s => s.Criterion).Distinct().Select(static name => (name, 1.0))];
        Judges = [.. (config?.Judges ?? []).Select(static j => j.Model).Union(scores.Select(static s => s.Judge))];
        _candidates = [.. scores.Select(static s => s.Candidate).Concat(scores.Select(static s => s.Opponent).OfType<int>()).Distinct().Order()];
        Rule = config?.Panel.Aggregation == PanelAggregation.Anchored
            ? PanelRule.Anchored([.. Judges.Select(judge => config.Judges.FirstOrDefault(j => j.Model == judge)?.Weight ?? 0)])
            : PanelRule.Median;
    }

    /// <summary>The judges, in the panel's order.</summary>
    public IReadOnlyList<string> Judges { get; }

    /// <summary>The numbers of the candidates that were judged.</summary>
    public IReadOnlyList<int> Candidates => _candidates;

    /// <summary>How the panel prefers.</summary>
    public PanelRule Rule { get; }

    /// <param name="candidates">The run's candidates by number, for their lengths and clusters; without one it has neither.</param>
    public JudgedRun ToRun(IReadOnlyDictionary<int, CandidateBody> candidates) => new()
    {
        Candidates = [.. Candidates.Select(id => candidates.TryGetValue(id, out var c) ? new JudgedText(c.Text?.Length ?? 0, c.Cluster) : new JudgedText(0, null))],
        Marks = Marks(),
        Pairs = Pairs(),
        Claims = Claims(),
    };

    private RubricMark[][] Marks()
    {
        var rows = _scores.Where(static s => s.Method == ScoreMethod.Pointwise).ToLookup(static s => (s.Judge, s.Candidate));
        return [.. Judges.Select(judge => Candidates.Select(id => Mark([.. rows[(judge, id)]])).ToArray())];
    }

    private RubricMark Mark(Score[] rows)
    {
        var asked = rows.Any(static s => s.Unscored != UnscoredReason.Recused);
        return new RubricMark(asked, asked ? RubricScore.Of([.. _criteria.Select(c => (c.Weight, Array.Find(rows, s => s.Criterion == c.Name)?.Value))]) : null);
    }

    private ComparedPair[] Pairs() =>
    [
        .. _scores.Where(static s => s.Method == ScoreMethod.Pairwise).GroupBy(static s => (s.Candidate, Opponent: s.Opponent!.Value))
            .Select(pair => new ComparedPair(Place(pair.Key.Candidate), Place(pair.Key.Opponent), [.. Judges.Select(judge => Vote([.. pair.Where(s => s.Judge == judge)]))])),
    ];

    private CheckedClaim[] Claims() =>
    [
        .. _scores.Where(static s => s.Method == ScoreMethod.Claim).GroupBy(static s => (s.Candidate, s.Criterion))
            .Select(claim => new CheckedClaim(Place(claim.Key.Candidate), [.. Judges.Select(judge => Label(claim.FirstOrDefault(s => s.Judge == judge)?.Grade))])),
    ];

    private int Place(int candidate) => Array.IndexOf(_candidates, candidate);

    private static TwoOrderVote Vote(Score[] rows)
    {
        return new TwoOrderVote(Of("ab"), Of("ba"));

        int? Of(string order) => Array.Find(rows, s => s.Order == order)?.Value is { } value ? Math.Sign(value - 0.5) : null;
    }

    private static ClaimLabel? Label(string? grade) => grade switch
    {
        "supported" => ClaimLabel.Supported,
        "contradicted" => ClaimLabel.Contradicted,
        "not_enough" => ClaimLabel.NotEnough,
        _ => null,
    };
}
