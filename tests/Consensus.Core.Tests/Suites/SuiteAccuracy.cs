using Consensus.Contracts.Suites;
using Consensus.Core.Answers;
using Consensus.Core.Clustering;

namespace Consensus.Core.Tests.Suites;

/// <summary>What a plain vote over extracted answers gets on a suite.</summary>
internal sealed record SuiteAccuracy(double Accuracy, IReadOnlyDictionary<string, double> Unanswered)
{
    /// <summary>Votes on every item: the leading set scores, a t-way tie that holds the gold counts 1/t. The gold is read as an answer of the declared kind.</summary>
    public static SuiteAccuracy Of(IReadOnlyList<SuiteItem> items, bool auto)
    {
        var score = 0.0;
        Dictionary<string, int> unanswered = [];
        foreach (var item in items)
        {
            var declared = Enum.Parse<AnswerKind>(item.Kind, ignoreCase: true);
            var form = new AnswerForm { Kind = auto ? AnswerKind.Auto : declared, Choices = item.Choices ?? [] };
            var reading = AnswerReader.Read([.. item.Responses.Select(static response => (string?)response.Text)], form);
            for (var i = 0; i < item.Responses.Count; i++)
                unanswered[item.Responses[i].Model] = unanswered.GetValueOrDefault(item.Responses[i].Model) + (reading.Answers[i] is null ? 1 : 0);
            score += Score(reading, form, item.Gold);
        }
        return new SuiteAccuracy(score / items.Count, unanswered.ToDictionary(static pair => pair.Key, pair => (double)pair.Value / items.Count, StringComparer.Ordinal));
    }

    public static double Score(PanelReading reading, AnswerForm form, string gold)
    {
        var answers = reading.Answers.OfType<Answer>().ToArray();
        var goldAnswer = AnswerReader.ReadOne(gold, form with { Kind = reading.Kind });
        if (answers.Length == 0 || goldAnswer is null)
            return 0;
        var labels = AnswerClustering.Partition(answers, form);
        var sizes = labels.CountBy(static label => label).ToDictionary();
        var leaders = sizes.Where(pair => pair.Value == sizes.Values.Max()).Select(static pair => pair.Key).ToHashSet();
        var holdsGold = leaders.Any(leader => Enumerable.Range(0, answers.Length).Any(i => labels[i] == leader && answers[i].Key == goldAnswer.Key));
        return holdsGold ? 1.0 / leaders.Count : 0;
    }
}
