using System.Text.Json.Nodes;
using Consensus.Core.Answers;
using Consensus.Core.Calibration;
using Consensus.Core.Deciding;
using Consensus.Core.Fitting;
using Consensus.Core.Learning;
using Consensus.Core.Reliability;
using Consensus.Storage.Fitting;

namespace Consensus.Storage.Tests.Fitting;

/// <summary>Panels fitted by the product's own code to votes that follow a rule.</summary>
internal static class FittedExamples
{
    public static readonly DateTimeOffset FittedAt = new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);

    /// <summary>Models a, b and c, right on 9, 7 and 5 of 10 questions; questions of two categories.</summary>
    public static IReadOnlyList<LabelledVotes> Questions(int count) => [.. Enumerable.Range(0, count).Select(static i => new LabelledVotes(
        new PanelVotes
        {
            Votes =
            [
                new ModelVote("a", i % 10 == 0 ? 1 : 0, 20 + (i % 7)), new ModelVote("b", i * 3 % 10 < 3 ? 1 : 0, 50 + (i % 11)),
                new ModelVote("c", i * 7 % 10 < 5 ? 1 : 0, 90 + (i % 13)),
            ],
            ClusterCount = 2,
            Category = i % 2 == 0 ? "physics" : "law",
        },
        0))];

    public static FittedPanel Panel(AnswerKind kind = AnswerKind.Choice, int questions = 120)
    {
        var votes = Questions(questions);
        var shape = new LearnedShape(Categories: true, Lengths: true);
        var selected = LearnedSelection.Fit(votes, 1);
        return new FittedPanel(
            new PanelFit
            {
                Models = ["a", "b", "c"],
                Kind = kind,
                Questions = questions,
                Reliability = ModelReliability.Of(votes),
                EffectiveAlternatives = EffectiveAlternativesEstimate.Of(votes),
                Learned = new PanelLearnedVote(LearnedVote.Fit(votes, shape), shape, selected.Guard),
                Calibrations =
                [
                    new StrategyCalibration(Strategies.Weighted, "certain", new PlattMap(0.8, -0.25), 110, 0.1, 0.05, 0.2, null),
                    new StrategyCalibration(Strategies.Majority, "off", new IsotonicMap([0.25, 0.5, 0.9], [0.3, 0.3, 0.8]), 120, 0.1, 0.04, 0.19, 0.81),
                    new StrategyCalibration(Strategies.Majority, "adaptive", new TemperatureMap(1.5), 100, 0.1, 0.05, 0.2, 0.5),
                ],
            },
            new string('a', 64));
    }

    public static string Text { get; } = FittedWriter.Write([Panel(), Panel(AnswerKind.Number)], FittedAt);

    /// <summary>The document, changed.</summary>
    public static string Changed(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(Text)!.AsObject();
        change(document);
        return document.ToJsonString();
    }
}
