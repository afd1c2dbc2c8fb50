using BenchmarkDotNet.Attributes;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.Benchmarks;

/// <summary>The whole pure path of a run: read nine answers, cluster them, decide, measure stability.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DecideBenchmarks
{
    private const int Panel = 9;

    private DecisionInput _numbers = null!;
    private DecisionInput _choices = null!;
    private DecisionInput _texts = null!;

    [GlobalSetup]
    public void Setup()
    {
        _numbers = Input(new AnswerForm { Kind = AnswerKind.Number }, i => $"Half of 46 is 23, and 17 of those make {i % 3 * 100} more.\n\n**Final answer:** ${391 + (i % 3)}.00");
        _choices = Input(
            new AnswerForm { Kind = AnswerKind.Choice, Choices = ["the liver", "the heart", "the lungs", "the spleen"] },
            i => $"Blood leaves by the aorta, so options A and D can be ruled out. The answer is ({(char)('A' + (i % 3))}).");
        _texts = Input(
            new AnswerForm { Kind = AnswerKind.Text },
            i => $"The treaty was signed in {1648 + (i % 2)} at Münster, which ended the war between Spain and the Dutch Republic after {80 + (i % 3)} years.");
    }

    [Benchmark]
    public Decision Numbers() => Decider.Decide(_numbers);

    [Benchmark]
    public Decision Choices() => Decider.Decide(_choices);

    [Benchmark]
    public Decision Texts() => Decider.Decide(_texts);

    private static DecisionInput Input(AnswerForm form, Func<int, string> text) => new()
    {
        Candidates = [.. Enumerable.Range(0, Panel).Select(i => new CandidateText($"model{i}", $"family{i / 2}", text(i)))],
        Form = form,
    };
}
