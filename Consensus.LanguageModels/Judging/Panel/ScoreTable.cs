using Consensus.Contracts.Scoring;
using Consensus.Core.Judging;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>Reads the scores of a job as <see cref="PanelReport"/> takes them.</summary>
public static class ScoreTable
{
    /// <summary>The scores in numbers.</summary>
    /// <param name="candidates">The candidates' numbers in the run, with their lengths and clusters; the report has them in this order.</param>
    /// <param name="scores">The scores of one job, in any order; those of candidates or judges that are not given are left out.</param>
    /// <param name="judges">The model ids of the panel; the report has the judges in this order.</param>
    /// <param name="rubric">The rubric that was judged by; <c>null</c> when it cannot be had any more: then the criteria that were graded count alike.</param>
    public static JudgedRun Read(IReadOnlyList<(int Id, JudgedText Text)> candidates, IReadOnlyCollection<Score> scores, IReadOnlyList<string> judges, Rubric? rubric)
    {
        (string Name, double Weight)[] criteria = rubric is not null
            ? [.. rubric.Criteria.Select(criterion => (criterion.Name, criterion.Weight))]
            : [.. scores.Where(score => score.Method == ScoreMethod.Pointwise).Select(score => score.Criterion).Distinct().Select(name => (name, 1.0))];
        var places = candidates.Select((candidate, place) => (candidate.Id, place)).ToDictionary(entry => entry.Id, entry => entry.place);
        var known = scores.Where(score => places.ContainsKey(score.Candidate) && (score.Opponent is not { } other || places.ContainsKey(other))).ToArray();
        var marks = known.Where(score => score.Method == ScoreMethod.Pointwise).ToLookup(score => (score.Judge, score.Candidate));
        return new JudgedRun
        {
            Candidates = [.. candidates.Select(candidate => candidate.Text)],
            Marks = [.. judges.Select(judge => candidates.Select(candidate => Mark([.. marks[(judge, candidate.Id)]], criteria)).ToArray())],
            Pairs =
            [
                .. known.Where(score => score.Method == ScoreMethod.Pairwise).GroupBy(score => (One: score.Candidate, Two: score.Opponent!.Value)).OrderBy(pair => pair.Key)
                    .Select(pair => new ComparedPair(places[pair.Key.One], places[pair.Key.Two], [.. judges.Select(judge => new TwoOrderVote(Vote(pair, judge, "ab"), Vote(pair, judge, "ba")))])),
            ],
            Claims =
            [
                .. known.Where(score => score.Method == ScoreMethod.Claim).GroupBy(score => (score.Candidate, score.Criterion))
                    .Select(claim => new CheckedClaim(places[claim.Key.Candidate], [.. judges.Select(judge => Label(claim.FirstOrDefault(score => score.Judge == judge)))])),
            ],
        };
    }

    /// <summary>How the panel of a configuration prefers.</summary>
    /// <remarks>A judge without a weight has none: it is heard, and counts for nothing.</remarks>
    public static PanelRule RuleOf(ScoringConfig config) => RuleOf(config, [.. config.Judges.Select(judge => judge.Model)]);

    /// <summary>How a panel of these judges prefers.</summary>
    public static PanelRule RuleOf(ScoringConfig config, IReadOnlyList<string> judges) => config.Panel.Aggregation == PanelAggregation.Anchored
        ? PanelRule.Anchored([.. judges.Select(judge => config.Judges.FirstOrDefault(settings => settings.Model == judge)?.Weight ?? 0)])
        : PanelRule.Median;

    private static RubricMark Mark(Score[] scores, IEnumerable<(string Name, double Weight)> criteria) => new(
        Array.Exists(scores, score => score.Unscored != UnscoredReason.Recused),
        RubricScore.Of([.. criteria.Select(criterion => (criterion.Weight, Array.Find(scores, score => score.Criterion == criterion.Name)?.Value))]));

    private static int? Vote(IEnumerable<Score> pair, string judge, string order) =>
        pair.FirstOrDefault(score => score.Judge == judge && score.Order == order)?.Value is { } value ? value.CompareTo(0.5) : null;

    private static ClaimLabel? Label(Score? score) => score?.Grade switch
    {
        "supported" => ClaimLabel.Supported,
        "contradicted" => ClaimLabel.Contradicted,
        "not_enough" => ClaimLabel.NotEnough,
        _ => null,
    };
}
