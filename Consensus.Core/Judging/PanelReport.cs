using Consensus.Core.Agreement;
using Consensus.Core.Evaluation;
using MathNet.Numerics.Statistics;

namespace Consensus.Core.Judging;

/// <summary>What a panel of judges made of a run.</summary>
public sealed record PanelReport
{
    /// <summary>One entry per candidate, in the run's order.</summary>
    public required IReadOnlyList<CandidateFigures> Candidates { get; init; }

    /// <summary>One entry per judge, in the panel's order.</summary>
    public required IReadOnlyList<JudgeRunFigures> Judges { get; init; }

    /// <summary>Krippendorff's alpha of the judges' rubric scores (interval metric), −1 to 1; <c>null</c> with fewer than two comparable judges, or when all scores are equal.</summary>
    public required double? Alpha { get; init; }

    /// <summary>As <see cref="JudgeSpread"/>.</summary>
    public required double? Spread { get; init; }

    /// <summary>The places of the candidates that the panel takes for the best: several in a tie, none when nothing was scored (or compared).</summary>
    public required IReadOnlyList<int> Leaders { get; init; }

    /// <summary>The cluster that all leaders are of; <c>null</c> when they are of several, or there is none.</summary>
    public required int? LeadingCluster { get; init; }

    /// <summary>Computes it.</summary>
    /// <param name="run">What the judges said.</param>
    /// <param name="rule">How the panel prefers.</param>
    /// <exception cref="ArgumentException">The rule has weights for another number of judges.</exception>
    public static PanelReport Of(JudgedRun run, PanelRule rule)
    {
        CandidateFigures[] candidates = [.. Enumerable.Range(0, run.Candidates.Count).Select(place => Candidate(run, rule, place))];
        var leaders = PanelChoice.Leaders(run, rule, [.. candidates.Select(candidate => candidate.Score)]);
        double?[][] scores = [.. run.Marks.Select(row => row.Select(mark => mark.Score).ToArray())];
        int?[] clusters = [.. leaders.Select(place => run.Candidates[place].Cluster).Distinct()];
        return new PanelReport
        {
            Candidates = candidates,
            Judges = [.. Enumerable.Range(0, run.Marks.Count).Select(judge => Judge(run, judge))],
            Alpha = KrippendorffAlpha.Of(scores, AlphaMetric.Interval),
            Spread = JudgeSpread.Of(scores),
            Leaders = leaders,
            LeadingCluster = clusters.Length == 1 ? clusters[0] : null,
        };
    }

    private static CandidateFigures Candidate(JudgedRun run, PanelRule rule, int place)
    {
        double[] scores = [.. run.Marks.Select(row => row[place].Score).OfType<double>()];
        double[] credits = [.. run.Pairs.Where(pair => pair.HasVerdict && (pair.One == place || pair.Two == place)).Select(pair => PanelChoice.Credit(rule, pair, place))];
        return new CandidateFigures(
            scores.Length == 0 ? null : scores.Median(), scores.Length, run.Marks.Count(row => row[place].Asked),
            credits.Length == 0 ? null : credits.Average(), CheckedClaims.HallucinationRate(run.Claims.Where(claim => claim.Candidate == place)));
    }

    private static JudgeRunFigures Judge(JudgedRun run, int judge)
    {
        (double Length, double Score)[] graded =
            [.. run.Marks[judge].Zip(run.Candidates).Where(c => c.First.Score is not null).Select(c => ((double)c.Second.Length, c.First.Score!.Value))];
        var order = OrderFigures.Of([.. run.Pairs.Select(pair => pair.Votes[judge])]);
        return new JudgeRunFigures(graded.Length == 0 ? null : graded.Average(c => c.Score), order.FlipRate, order.FirstShown, RankCorrelation.Spearman(graded));
    }
}

/// <summary>What the panel made of a candidate.</summary>
/// <param name="Score">The median of the judges' rubric scores, 0 to 1; <c>null</c> when no judge scored it.</param>
/// <param name="Scored">How many judges scored it.</param>
/// <param name="Asked">How many were asked to.</param>
/// <param name="WinRate">Of its pairs with a verdict, the share that the panel decided for it, a tie counting one half; <c>null</c> without such a pair.</param>
/// <param name="HallucinationRate">As <see cref="CheckedClaims.HallucinationRate"/>; <c>null</c> without a checked claim.</param>
public sealed record CandidateFigures(double? Score, int Scored, int Asked, double? WinRate, double? HallucinationRate);

/// <summary>How a judge did in a run.</summary>
/// <param name="Mean">The mean of its rubric scores, 0 to 1.</param>
/// <param name="FlipRate">As <see cref="OrderFigures.FlipRate"/>.</param>
/// <param name="FirstShown">As <see cref="OrderFigures.FirstShown"/>.</param>
/// <param name="LengthCorrelation">Spearman's correlation of its rubric scores with the lengths of the candidates; <c>null</c> with fewer than three.</param>
public sealed record JudgeRunFigures(double? Mean, double? FlipRate, double? FirstShown, double? LengthCorrelation);
