using Consensus.Contracts.Policies;
using Consensus.Storage.Policies;

namespace Consensus.ApiService.Gates;

/// <summary>The policy in force, swapped whole. A run reads it once, when it begins.</summary>
internal sealed class PolicyHolder
{
    private volatile PolicyInForce _current = new(Default);

    /// <summary>The policy where nobody wrote one: everything passes.</summary>
    public static VersionedPolicy Default { get; } = PolicyReader.Named(new PolicyDocument { SchemaVersion = PolicyDocument.CurrentSchemaVersion });

    /// <summary>What is in force. There always is one.</summary>
    public PolicyInForce Current
    {
        get => _current;
        set => _current = value;
    }
}
