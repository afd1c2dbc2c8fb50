using System.Collections.Frozen;

namespace Consensus.Core.Deciding;

/// <summary>The decision policies that are pure functions of the panel's texts.</summary>
public static class DecisionPolicies
{
    /// <summary>All of them; the default first.</summary>
    public static IReadOnlyList<DecisionPolicy> All { get; } =
        [new MajorityPolicy(), new SupermajorityPolicy(), new UnanimousPolicy(), new WeightedPolicy(), new LearnedPolicy(), new MedoidPolicy(), new SelfConsistencyPolicy()];

    private static readonly FrozenDictionary<string, DecisionPolicy> ByName = All.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Finds a policy by its name; <c>null</c> when there is none.</summary>
    public static DecisionPolicy? Find(string name) => ByName.GetValueOrDefault(name);
}
