using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Retention;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Retention;

/// <summary>Policies as they are stored and named.</summary>
public static class RetentionPolicies
{
    /// <summary>Keeps everything, and holds nothing.</summary>
    public static RetentionPolicy KeepAll { get; } = new([.. RetainedTables.All.Select(static known => new RetentionRule(known.Table, Days: null, MaxRows: null))], []);

    /// <summary>The first digits of a hash of it.</summary>
    public static string VersionOf(RetentionPolicy policy) => CanonicalJson.VersionOf(policy, ConsensusJson.Default.RetentionPolicy);

    /// <summary>The rule of a table; one that a stored policy does not know keeps everything.</summary>
    public static RetentionRule RuleOf(RetentionPolicy policy, RetainedTable table) =>
        policy.Rules.FirstOrDefault(rule => rule.Table == table) ?? new RetentionRule(table, Days: null, MaxRows: null);

    /// <summary>The tags that hold runs, as SQL takes them.</summary>
    internal static string Holds(RetentionPolicy policy) => JsonSerializer.Serialize(policy.HoldTags, ConsensusJson.Default.IReadOnlyListString);

    internal static string TextOf(RetentionPolicy policy) => JsonSerializer.Serialize(policy, ConsensusJson.Default.RetentionPolicy);

    internal static RetentionPolicy Read(string document) => JsonSerializer.Deserialize(document, ConsensusJson.Default.RetentionPolicy)!;
}
