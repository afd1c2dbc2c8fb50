using Consensus.Contracts.Suites;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Testing;

namespace Consensus.Core.Tests.Suites;

/// <summary>What a plain vote over extracted answers gets on a suite.</summary>
internal sealed record SuiteAccuracy(double Accuracy, IReadOnlyDictionary<string, double> Unanswered)
{
    /// <summary>
    /// Votes on every item: the leading set scores, a t-way tie that holds the gold counts 1/t. Only the answer that stands for a cluster counts, whatever else is in it.
    /// </summary>
    public static SuiteAccuracy Of(IReadOnlyList<SuiteItem> items, bool auto)
    {
        var score = 0.0;
        Dictionary<string, int> unanswered = [];
        foreach (var item in items)
        {
            var declared = Enum.Parse<AnswerKind>(item.Kind, ignoreCase: true);
            var decision = Decider.Decide(new DecisionInput
            {
                Candidates = [.. item.Responses.Select(static response => new CandidateText(response.Model, response.Model, response.Text))],
                Form = new AnswerForm { Kind = auto ? AnswerKind.Auto : declared, Choices = item.Choices ?? [] },
            });
            for (var i = 0; i < item.Responses.Count; i++)
                unanswered[item.Responses[i].Model] = unanswered.GetValueOrDefault(item.Responses[i].Model) + (decision.Answers[i] is null ? 1 : 0);
            score += Score(decision, SuiteGold.Of(item));
        }
        return new SuiteAccuracy(score / items.Count, unanswered.ToDictionary(static pair => pair.Key, pair => (double)pair.Value / items.Count, StringComparer.Ordinal));
    }

    private static double Score(Decision decision, SuiteGold gold)
    {
        var leaders = decision.Clusters.Where(cluster => cluster.Weight == decision.Clusters[0].Weight).ToArray();
        return leaders.Any(cluster => gold.Is(decision.Answers[cluster.Representative]!.Text)) ? 1.0 / leaders.Length : 0;
    }
}
