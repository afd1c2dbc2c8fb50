using Consensus.ApiService.Runs;
using Consensus.Contracts.Runs;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;
using FsCheck;
using FsCheck.Fluent;

namespace Consensus.ApiService.Tests.FanOut;

/// <summary>A panel that says given things and arrives in a given order.</summary>
public sealed record Script(
    AnswerKind Kind, IReadOnlyList<string?> Says, IReadOnlyList<int> Arrival, IReadOnlyList<double> Reliability, string Strategy, double Quorum, int? MinResponses)
{
    internal RunPlan Plan(EarlyStop earlyStop)
    {
        var plan = Plans.Of(Says.Count, earlyStop, Strategy);
        return plan with
        {
            Decision = plan.Decision with
            {
                Form = Kind == AnswerKind.Choice ? Plans.Choice : new AnswerForm { Kind = Kind },
                Quorum = Quorum,
                MinResponses = MinResponses is { } least ? Math.Min(least, Says.Count) : null,
                Reliability = Reliability.Select((r, i) => (r, i)).ToDictionary(p => $"m{p.i}", p => p.r),
            },
        };
    }

    public override string ToString() =>
        $"{Kind} {Strategy} q={Quorum} min={MinResponses}: {string.Join(' ', Says.Select((s, i) => $"{s ?? "-"}@{Arrival[i]}:{Reliability[i]:0.00}"))}";
}

public static class Scripts
{
    // Per kind: four ways of speaking, the first two of which say the same.
    private static readonly Dictionary<AnswerKind, string[]> Words = new()
    {
        [AnswerKind.Choice] = ["A", "The answer is (A).", "B", "C"],
        [AnswerKind.Number] = ["17", "So it is **17**.", "18", "19.5"],
        [AnswerKind.Boolean] = ["yes", "The answer is yes.", "no", "No."],
        [AnswerKind.Json] = ["{\"a\": 1, \"b\": 2}", "{\"b\":2,\"a\":1}", "{\"a\": 2}", "[]"],
        [AnswerKind.Code] = ["[1, 2]", "[1,2]", "'ab'", "None"],
    };

    public static Arbitrary<Script> Script()
    {
        var scripts =
            from kind in Gen.Elements(Words.Keys.ToArray())
            let words = Words[kind]
            let word = Gen.Frequency(
                (6, Gen.Elements<string?>(words[0], words[1])), (3, Gen.Constant<string?>(words[2])), (2, Gen.Elements<string?>(words[3], "I cannot say")), (2, Gen.Constant<string?>(null)))
            from size in Gen.Choose(1, 9)
            from says in word.ArrayOf(size)
            from arrival in Gen.Shuffle(Enumerable.Range(0, size).ToArray())
            from reliability in Gen.Choose(5, 98).ArrayOf(size)
            from strategy in Gen.Elements(Strategies.Majority, Strategies.Supermajority, Strategies.Unanimous, Strategies.Weighted, Strategies.Medoid)
            from quorum in Gen.Elements(0.0, 0.3, 0.5, 0.75)
            from least in Gen.Elements<int?>(null, 1, 2, 5)
            select new Script(kind, says, arrival, [.. reliability.Select(r => r / 100.0)], strategy, quorum, least);
        return scripts.ToArbitrary();
    }
}
