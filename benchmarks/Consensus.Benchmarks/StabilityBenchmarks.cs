using BenchmarkDotNet.Attributes;
using Consensus.Core.Answers;
using Consensus.Core.Deciding;

namespace Consensus.Benchmarks;

/// <summary>A decision over choices with and without the bootstrap, by the size of the panel; under <c>weighted</c> no two models have the same weight.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class StabilityBenchmarks
{
    private DecisionInput _input = null!;

    /// <summary>How many models are asked.</summary>
    [Params(5, 9, 50, 200)]
    public int Panel { get; set; }

    /// <summary>The strategy.</summary>
    [Params(Strategies.Majority, Strategies.Weighted)]
    public string Strategy { get; set; } = Strategies.Majority;

    [GlobalSetup]
    public void Setup() => _input = new DecisionInput
    {
        Candidates = [.. Enumerable.Range(0, Panel).Select(i => new CandidateText($"model{i}", $"family{i / 2}", $"{(char)('A' + (i % 7 % 3))}"))],
        Form = new AnswerForm { Kind = AnswerKind.Choice, Choices = ["the liver", "the heart", "the lungs", "the spleen"] },
        Strategy = Strategy,
        Reliability = Enumerable.Range(0, Panel).ToDictionary(i => $"model{i}", i => 0.55 + (0.4 * i / Panel)),
    };

    [Benchmark(Baseline = true)]
    public Decision WithoutBootstrap() => Decider.Decide(_input, resample: false);

    [Benchmark]
    public Decision WithBootstrap() => Decider.Decide(_input);
}
