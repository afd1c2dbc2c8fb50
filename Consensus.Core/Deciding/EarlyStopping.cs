using Consensus.Core.Answers;
using MathNet.Numerics;

namespace Consensus.Core.Deciding;

/// <summary>When the answers so far are enough.</summary>
public static class EarlyStopping
{
    /// <summary>
    /// Whether winner and outcome can no longer change, whatever the outstanding candidates answer (if cancelled, they stay in the denominator).
    /// Never true for free text, code or numbers with a tolerance, where a late answer may regroup those that are there, nor before the kind of the answers is settled.
    /// </summary>
    /// <remarks>
    /// Once the leader cannot be caught, an outcome depends only on its share, on the number of usable answers and on whether there is a second cluster; each moves one way.
    /// So four completions bound all others: every outstanding call fails, joins the leader, joins the second, or founds a cluster of its own.
    /// </remarks>
    /// <param name="input">Every candidate of the panel; those outstanding have a <c>null</c> text.</param>
    /// <param name="outstanding">One entry per candidate: true while its call is going.</param>
    public static bool IsCertain(DecisionInput input, IReadOnlyList<bool> outstanding)
    {
        if (!outstanding.Contains(true))
        {
            return true;
        }

        if (input.Form.Kind is AnswerKind.Text or AnswerKind.Code || !AnswerReader.KindIsSettled([.. input.Candidates.Select(c => c.Text)], outstanding, input.Form))
        {
            return false;
        }

        var (policy, reading, ballot, _, _) = Decider.Prepare(input);
        if (reading.Kind is AnswerKind.Text or AnswerKind.Code || (reading.Kind == AnswerKind.Number && input.Form.Tolerance > 0))
        {
            return false;
        }

        // A learned vote may speak against the answer that it joins, so the four completions do not bound it.
        if (ballot.Support is not null)
        {
            return false;
        }

        var now = Tally.Count(ballot);
        var outcome = policy.Decide(now, ballot.Quorum, ballot.MinResponses);
        var first = now.Ranking.Length > 0 ? now.Ranking[0] : ballot.ClusterCount;
        var second = now.Ranking.Length > 1 ? now.Ranking[1] : ballot.ClusterCount + 1;
        return Same(first) && Same(second) && Same(ballot.ClusterCount + 2);

        bool Same(int cluster)
        {
            var votes = ballot.Votes.ToArray();
            for (var i = 0; i < votes.Length; i++)
            {
                votes[i] = outstanding[i] ? cluster : votes[i];
            }

            var then = Tally.Count(ballot with { Votes = votes, ClusterCount = ballot.ClusterCount + 3 });
            return policy.Decide(then, ballot.Quorum, ballot.MinResponses) == outcome
                && (!DecisionPolicy.HasWinner(outcome) || then.Ranking[0] == first);
        }
    }

    /// <summary>
    /// The probability that the leader is truly ahead of the runner-up, given their counts v₁ ≥ v₂: P(p₁ &gt; p₂) = 1 − I_{1/2}(v₁ + 1, v₂ + 1).
    /// </summary>
    /// <remarks>Source: Aggarwal et al. (2023), "Let's Sample Step by Step: Adaptive-Consistency", the Beta stopping criterion.</remarks>
    /// <param name="first">v₁, ≥ <paramref name="second"/>.</param>
    /// <param name="second">v₂, ≥ 0.</param>
    /// <returns>A probability in [0.5, 1].</returns>
    public static double LeadProbability(double first, double second) => 1 - SpecialFunctions.BetaRegularized(first + 1, second + 1, 0.5);

    /// <summary>Whether <c>adaptive</c> stops after the answers so far: there is a winner, and its lead is probable enough or greater than all that is outstanding.</summary>
    /// <param name="asked">The candidates asked so far, all finished.</param>
    /// <param name="remaining">How many candidates of the panel have not been asked.</param>
    /// <param name="threshold">The probability that must be exceeded, in (0.5, 1).</param>
    public static bool IsEnough(DecisionInput asked, int remaining, double threshold)
    {
        if (remaining <= 0)
        {
            return true;
        }

        var (policy, _, ballot, _, context) = Decider.Prepare(asked);
        var tally = Tally.Count(ballot);
        if (!DecisionPolicy.HasWinner(policy.Decide(tally, ballot.Quorum, ballot.MinResponses)))
        {
            return false;
        }

        if (ballot.Support is not null)
        {
            return policy.Confidence(ballot, tally, context) > threshold;
        }

        // Weights are brought to a mean of one, so that they count as votes.
        var mean = tally.AskedWeight / tally.Asked;
        var first = tally.Weights[tally.Ranking[0]] / mean;
        var second = tally.Ranking.Length > 1 ? tally.Weights[tally.Ranking[1]] / mean : 0;
        return first - second > remaining || LeadProbability(first, second) > threshold;
    }
}
