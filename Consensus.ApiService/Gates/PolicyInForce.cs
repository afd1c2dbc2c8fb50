using System.Text.RegularExpressions;
using Consensus.Contracts.Policies;
using Consensus.Storage.Policies;

namespace Consensus.ApiService.Gates;

/// <summary>A policy with its patterns made ready, once for all runs under it.</summary>
internal sealed class PolicyInForce(VersionedPolicy policy)
{
    public VersionedPolicy State => policy;

    public string Version => policy.Version;

    public PolicyDocument Policy => policy.Policy;

    public NamePatterns? Models { get; } = NamePatterns.Of(policy.Policy.Models);

    public NamePatterns? Strategies { get; } = NamePatterns.Of(policy.Policy.Strategies);

    /// <summary>The safety rules with their expressions.</summary>
    public IReadOnlyList<(SafetyRule Rule, Regex Pattern)> Safety { get; } = [.. policy.Policy.Safety.Select(rule => (rule, new Regex(rule.Pattern, SafetyPattern.Options)))];
}

/// <summary>Which names are allowed.</summary>
internal sealed class NamePatterns
{
    private readonly Regex[]? _allow;
    private readonly Regex[] _deny;

    private NamePatterns(NamesRule rule)
    {
        Mode = rule.Mode;
        _allow = rule.Allow?.Select(Pattern).ToArray();
        _deny = [.. (rule.Deny ?? []).Select(Pattern)];
    }

    public GateMode Mode { get; }

    public static NamePatterns? Of(NamesRule? rule) => rule is null ? null : new NamePatterns(rule);

    /// <summary>Whether a name is allowed: named by <c>allow</c>, or there is none, and not by <c>deny</c>.</summary>
    public bool Allows(string name) => _allow?.Any(p => p.IsMatch(name)) != false && !_deny.Any(p => p.IsMatch(name));

    private static Regex Pattern(string name) => new(
        $@"\A{Regex.Escape(name).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
}
