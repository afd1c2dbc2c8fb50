using System.Collections.Frozen;

namespace Consensus.ApiService.Steps;

/// <summary>The strategies that ask models more than once.</summary>
internal static class StepStrategies
{
    public const string Vote = "vote";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StepStrategy> All { get; } =
        [new RankedStrategy(), new JudgeStrategy(), new SynthesisStrategy(), new DebateStrategy(), new CascadeStrategy()];

    private static readonly FrozenDictionary<string, StepStrategy> ByName = All.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);

    /// <summary>Finds a strategy by its name; <c>null</c> when there is none.</summary>
    public static StepStrategy? Find(string name) => ByName.GetValueOrDefault(name);
}
