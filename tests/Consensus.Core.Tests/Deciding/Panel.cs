using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using FsCheck;
using FsCheck.Fluent;

namespace Consensus.Core.Tests.Deciding;

/// <summary>A panel of short answers: each candidate says one of a few words, or nothing.</summary>
public sealed record Panel(IReadOnlyList<string?> Says)
{
    public static readonly string[] Words = ["A", "B", "C", "D"];

    public IReadOnlyList<double> Reliability { get; init; } = [.. Says.Select(_ => 0.7)];

    public DecisionInput Input(string strategy = Strategies.Majority, double quorum = 0.5, int? minResponses = null) => new()
    {
        Candidates = [.. Says.Select((text, i) => new CandidateText($"m{i}", $"f{i / 2}", text))],
        Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["red", "green", "blue", "white"] },
        Strategy = strategy,
        Quorum = quorum,
        MinResponses = minResponses,
        Reliability = Reliability.Select((r, i) => ($"m{i}", r)).ToDictionary(p => p.Item1, p => p.Item2),
    };

    public Decision Decide(string strategy = Strategies.Majority, double quorum = 0.5, int? minResponses = null) =>
        Decider.Decide(Input(strategy, quorum, minResponses));

    public static Panel Of(params string?[] says) => new(says);

    public override string ToString() => string.Join(' ', Says.Select((s, i) => $"{s ?? "-"}:{Reliability[i]:0.00}"));
}

public static class Panels
{
    public static Arbitrary<Panel> Panel()
    {
        var word = Gen.Frequency((5, Gen.Elements<string?>("A", "B")), (2, Gen.Elements<string?>("C", "D")), (2, Gen.Constant<string?>(null)));
        var panels =
            from size in Gen.Choose(1, 9)
            from says in word.ArrayOf(size)
            from reliability in Gen.Choose(5, 98).ArrayOf(size)
            select new Panel(says) { Reliability = [.. reliability.Select(r => r / 100.0)] };
        return panels.ToArbitrary();
    }
}
