using Consensus.ApiService.FanOut;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Tests.Docs;
using Consensus.Contracts;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Confidence;
using Consensus.Core.Deciding;
using Consensus.Testing;
using CoreLevel = Consensus.Core.Stability.StabilityLevel;

namespace Consensus.ApiService.Tests.Runs;

public sealed class StrategiesDocsTests
{
    [Fact]
    public void DocsNameEveryStrategyAndTheNumbersThatTheCodeUses()
    {
        var docs = Repository.Read("docs/strategies.md");
        Assert.All(DecisionPolicies.All, policy => Assert.Contains($"| `{policy.Name}` |", docs, StringComparison.Ordinal));
        Assert.All(StepStrategies.All, strategy => Assert.Contains($"| `{strategy.Name}` |", docs, StringComparison.Ordinal));
        Assert.All(StepStrategies.All, strategy => Assert.Contains($"### `{strategy.Name}`", docs, StringComparison.Ordinal));
        Assert.All(WireName.All<StepReason>(), reason => Assert.Contains($"| `{reason}` |", docs, StringComparison.Ordinal));
        Assert.Contains($"The panel may take {Limits.PanelDeadlineShare} of it", docs, StringComparison.Ordinal);
        Assert.Contains($"an answer of more than {Limits.StepAnswerCharacters} characters", docs, StringComparison.Ordinal);
        Assert.Contains($"`maxOutputTokens`, at least {Limits.StepOutputTokens}", docs, StringComparison.Ordinal);
        Assert.Contains($"`cascade.agreement` ({Limits.CascadeAgreement})", docs, StringComparison.Ordinal);
        Assert.Contains($"`cascade.confidence` ({Limits.CascadeConfidence})", docs, StringComparison.Ordinal);
        Assert.Contains($"`{StepSettings.SynthesisModel}`", docs, StringComparison.Ordinal);
        Assert.All(DecisionPolicies.All, policy => Assert.Contains($"`{policy.ConfidenceMethod}`", docs, StringComparison.Ordinal));
        Assert.Contains($"after {PanelFanOut.Grace.TotalMilliseconds} ms the call is given up", docs, StringComparison.Ordinal);
        Assert.Contains($"a model with {StuckCalls.MostPerModel} such", docs, StringComparison.Ordinal);
        Assert.Contains($"> {Limits.AdaptiveStopThreshold} for the votes", docs, StringComparison.Ordinal);
        Assert.Contains($"Several samples of one model ({Limits.SelfConsistencySamples} by default)", docs, StringComparison.Ordinal);
        Assert.Contains($"above `quorum` ({Limits.DefaultQuorum} by default)", docs, StringComparison.Ordinal);
        Assert.Contains($"else {new DecisionInput { Candidates = [] }.PriorReliability})", docs, StringComparison.Ordinal);
        Assert.Contains(
            $"{K(AnswerKind.Boolean)} for `boolean`, {K(AnswerKind.Number)} for `number`, {K(AnswerKind.Choice)} for `choice`, {K(AnswerKind.Text)} for the others",
            docs, StringComparison.Ordinal);

        static double K(AnswerKind kind) => EffectiveAlternatives.Default(kind);
    }

    [Fact]
    public void WorkedExampleOfTheStabilityDocsIsWhatTheCodeComputes()
    {
        (string Model, string Family, string Text)[] panel =
            [("alpha/1", "alpha", "A"), ("alpha/2", "alpha", "A"), ("beta/1", "beta", "A"), ("beta/2", "beta", "B"), ("gamma/1", "gamma", "B")];
        var docs = Repository.Read("docs/stability.md");
        Assert.All(panel, c => Assert.Contains($"| {c.Model} | {c.Family} | {c.Text} |", docs, StringComparison.Ordinal));
        var decision = Decider.Decide(new DecisionInput
        {
            Candidates = [.. panel.Select(c => new CandidateText(c.Model, c.Family, c.Text))],
            Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["yes", "no"] },
        });

        Assert.Equal((DecisionOutcome.Consensus, 0.6, 0.2), (decision.Outcome, decision.Agreement, Math.Round(decision.Margin, 9)));
        Assert.Equal((CoreLevel.Fragile, 0.4), (decision.Stability.Level, Math.Round(decision.Stability.Score!.Value, 9)));
        Assert.Equal(["alpha/1", "alpha/2", "beta/1"], decision.Stability.FlipSet);
        Assert.Equal(2.0 / 3, decision.Stability.FamilyScore!.Value, 9);
        Assert.Equal(["alpha"], decision.Stability.FamilyFlipSet);

        var bootstrap = decision.Stability.Bootstrap!;
        Assert.Contains($"= {bootstrap.FlipProbability:0.#####}, exact", docs, StringComparison.Ordinal);
        Assert.Contains(
            $"`agreementDeviation` is {bootstrap.AgreementDeviation:0.000} and `entropyDeviation` is {bootstrap.EntropyDeviation:0.000}", docs, StringComparison.Ordinal);
    }
}
