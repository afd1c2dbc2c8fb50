using System.Collections.Concurrent;
using Consensus.ModelSimulator.Randomness;

namespace Consensus.ModelSimulator.Faults;

/// <summary>A fault that is switched on, with its count of attempts by prompt.</summary>
internal sealed class Fault(FaultKind kind, FaultOptions options)
{
    /// <summary>So many prompts are told apart; beyond that all counts start again.</summary>
    private const int MostPrompts = 100_000;

    private readonly ConcurrentDictionary<ulong, int> attempts = new();

    public FaultKind Kind { get; } = kind;

    public FaultOptions Options { get; } = options;

    /// <summary>Whether this attempt is hit. The answer is a function of the draw and of how many attempts of that prompt came before.</summary>
    public bool Hits(Draw prompt)
    {
        if (Options is { Times: null, Probability: >= 1 })
        {
            return true;
        }

        if (attempts.Count >= MostPrompts)
        {
            attempts.Clear();
        }

        var attempt = attempts.AddOrUpdate(prompt.Key, 1, static (_, before) => before == int.MaxValue ? before : before + 1);
        return !(attempt > Options.Times)
            && prompt.For(Purpose.Fault).With((ulong)Kind).With((ulong)attempt).Uniform < Options.Probability;
    }
}
