using Consensus.Core.Agreement;
using Consensus.Core.Answers;
using Consensus.Core.Clustering;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Core.Stability;

namespace Consensus.Core.Deciding;

/// <summary>From what the models wrote to the panel's decision: read, cluster, decide, measure.</summary>
public static class Decider
{
    /// <summary>Decides. The result does not depend on the order of the candidates, except that indexes follow it.</summary>
    /// <param name="input">What the models wrote and how to decide; at least one candidate.</param>
    /// <param name="resample">Whether the stability has its bootstrap, the most costly part; not for decisions on the way, while answers still arrive.</param>
    /// <exception cref="ArgumentException">The input has no candidate or names an unknown strategy.</exception>
    public static Decision Decide(DecisionInput input, bool resample = true)
    {
        var (policy, reading, ballot, clusters, context) = Prepare(input);
        var tally = Tally.Count(ballot);
        var outcome = policy.Decide(tally, ballot.Quorum, ballot.MinResponses);
        double? confidence = DecisionPolicy.HasWinner(outcome) ? policy.Confidence(ballot, tally, context) : null;
        return new Decision
        {
            Outcome = outcome,
            Kind = reading.Kind,
            Answers = reading.Answers,
            Clusters = [.. tally.Ranking.Select(k => new AnswerCluster(clusters[k].Representative, clusters[k].Members, tally.Weights[k], tally.Share(k)))],
            Weights = ballot.Weights,
            Agreement = tally.TopShare,
            Margin = tally.Margin,
            Entropy = SemanticEntropy.Of(tally.Weights, tally.Voters),
            EntropyCorrected = tally.Voters < 2 ? null : SemanticEntropy.CoverageCorrected(tally.Sizes),
            Confidence = confidence,
            CalibratedConfidence = confidence is { } raw && CalibrationOf(input, context) is { } calibration ? calibration.Map.Apply(raw) : null,
            ConfidenceMethod = policy.MethodOf(ballot),
            Stability = VerdictStability.Measure(policy, ballot, tally, outcome, input, resample),
        };
    }

    /// <summary>Reads and clusters the texts and puts the votes on a ballot whose clusters are numbered by content, not by order of arrival.</summary>
    internal static PreparedBallot Prepare(DecisionInput input)
    {
        if (input.Candidates.Count == 0)
        {
            throw new ArgumentException("A decision needs at least one candidate.", nameof(input));
        }

        var policy = DecisionPolicies.Find(input.Strategy) ?? throw new ArgumentException($"There is no strategy '{input.Strategy}'.", nameof(input));
        var reading = AnswerReader.Read([.. input.Candidates.Select(c => c.Text)], input.Form);
        var voters = Enumerable.Range(0, input.Candidates.Count).Where(i => reading.Answers[i] is not null).ToArray();
        var labels = AnswerClustering.Partition([.. voters.Select(i => reading.Answers[i]!)], input.Form);
        var clusters = voters.Zip(labels).GroupBy(v => v.Second, v => v.First)
            .Select(members => (Representative: Representative(members, reading.Answers, input.Candidates), Members: (int[])[.. members]))
            .OrderBy(c => reading.Answers[c.Representative]!.Key, StringComparer.Ordinal)
            .ThenBy(c => reading.Answers[c.Representative]!.Text, StringComparer.Ordinal)
            .ToArray();

        var votes = Enumerable.Repeat(Ballot.NoVote, input.Candidates.Count).ToArray();
        for (var k = 0; k < clusters.Length; k++)
        {
            foreach (var member in clusters[k].Members)
            {
                votes[member] = k;
            }
        }

        string[] models = [.. input.Candidates.Select(c => c.Model)];
        var context = new PolicyContext(input, models, reading.Kind);
        var ballot = new Ballot
        {
            Votes = votes,
            Weights = [.. input.Candidates.Select(c => policy.Weight(c.Model, context))],
            ClusterCount = clusters.Length,
            Quorum = input.Quorum,
            MinResponses = input.MinResponses ?? Ballot.DefaultMinResponses(input.Candidates.Count),
        };
        var panel = new PanelVotes
        {
            Votes = [.. input.Candidates.Select((c, i) => new ModelVote(c.Model, votes[i], c.Text?.Length ?? 0))],
            ClusterCount = clusters.Length,
            Category = input.Category,
        };
        return new PreparedBallot(policy, reading, policy.Rank(ballot, panel, context), clusters, context);
    }

    /// <summary>The map that holds for the panel, kind, strategy and early-stop mode: the one fitted on these, no other.</summary>
    internal static StrategyCalibration? CalibrationOf(DecisionInput input, PolicyContext context) =>
        context.Fit is { } fit && fit.IsOf(context.Models, fit.Kind) && input.Candidates.Count == fit.Models.Count ? fit.CalibrationOf(input.Strategy, input.EarlyStop) : null;

    private static int Representative(IEnumerable<int> members, IReadOnlyList<Answer?> answers, IReadOnlyList<CandidateText> candidates)
    {
        var ordered = members
            .OrderBy(i => answers[i]!.Key, StringComparer.Ordinal)
            .ThenBy(i => answers[i]!.Text, StringComparer.Ordinal)
            .ThenBy(i => candidates[i].Model, StringComparer.Ordinal)
            .ThenBy(i => i)
            .ToArray();
        var medoid = answers[ordered[AnswerClustering.Medoid([.. ordered.Select(i => answers[i]!)]).Index]]!;

        // Of wordings that differ in case or punctuation only, the most common one.
        return ordered.Where(i => answers[i]!.Key == medoid.Key).GroupBy(i => answers[i]!.Text, StringComparer.Ordinal).MaxBy(wording => wording.Count())!.First();
    }
}

/// <summary>Votes ready to be counted, with what they were made from.</summary>
internal readonly record struct PreparedBallot(
    DecisionPolicy Policy, PanelReading Reading, Ballot Ballot, (int Representative, int[] Members)[] Clusters, PolicyContext Context);
