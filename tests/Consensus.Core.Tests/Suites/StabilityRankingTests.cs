using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using Consensus.Core.Evaluation;
using Consensus.Testing;

namespace Consensus.Core.Tests.Suites;

/// <summary>How well the numbers of a majority's verdict rank right verdicts above wrong ones, over the questions of recorded panels that have a winner.</summary>
public sealed class StabilityRankingTests
{
    // What docs/stability.md says.
    [Theory]
    [InlineData("gsm8k-mid9", 0.73, 0.91, 0.91)]
    [InlineData("gsm8k-frontier5", 0.61, 0.76, 0.76)]
    [InlineData("crux7", 0.77, 0.86, 0.87)]
    [InlineData("mmlu-pro-diverse9", 0.63, 0.75, 0.75)]
    [InlineData("mmlu-pro-mid7", 0.62, 0.70, 0.70)]
    public void FlipProbabilityRanksAsMarginDoesAndTheJackknifeWorse(string suite, double jackknife, double margin, double flips)
    {
        List<bool> right = [];
        List<double> jackknifes = [], margins = [], steady = [];
        foreach (var item in SuiteFolder.Read(suite))
        {
            var decision = Decider.Decide(new DecisionInput
            {
                Candidates = [.. item.Responses.Select(static response => new CandidateText(response.Model, response.Model, response.Text))],
                Form = new AnswerForm { Kind = Enum.Parse<AnswerKind>(item.Kind, ignoreCase: true), Choices = item.Choices ?? [] },
            });
            if (decision is { Winner: { } winner, Stability: { Score: { } score, Bootstrap: { } bootstrap } })
            {
                right.Add(SuiteGold.Of(item).Is(decision.Answers[winner.Representative]!.Text));
                jackknifes.Add(score);
                margins.Add(decision.Margin);
                steady.Add(1 - bootstrap.FlipProbability);
            }
        }

        // An answer that is read better moves these in the second digit.
        Assert.Equal(jackknife, Ranks(jackknifes), 0.015);
        Assert.Equal(margin, Ranks(margins), 0.015);
        Assert.Equal(flips, Ranks(steady), 0.015);
        Assert.Contains($"| {suite} | {jackknife:0.00} | {margin:0.00} | {flips:0.00} |", Repository.Read("docs/stability.md"), StringComparison.Ordinal);

        double Ranks(List<double> scores) => Auroc.Of([.. scores], [.. right])!.Value;
    }
}
