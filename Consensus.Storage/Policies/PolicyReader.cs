using System.Text.Json;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Policies;

/// <summary>Reads policies. One that is wrong in any point is refused whole, with every reason.</summary>
public static class PolicyReader
{
    /// <summary>Reads a policy's text.</summary>
    public static DocumentReading<VersionedPolicy> Read(string json) => DocumentReading<VersionedPolicy>.OfText(json, Read);

    /// <summary>Reads a policy that was parsed.</summary>
    public static DocumentReading<VersionedPolicy> Read(JsonElement json)
    {
        var errors = new DocumentErrors();
        if (SchemaVersions.IsOther(json, PolicyDocument.CurrentSchemaVersion, errors))
        {
            return DocumentReading<VersionedPolicy>.Refused(errors);
        }

        DocumentShape.Check(json, ConsensusJson.Default.PolicyDocument, "$", errors);
        PolicyRules.Check(json, errors);
        return DocumentReading<VersionedPolicy>.Of(errors, () => Named(json.Deserialize(ConsensusJson.Default.PolicyDocument)!));
    }

    /// <summary>Reads a policy that was valid when it was stored. It keeps the version that it was stored under: later programs may know members more.</summary>
    public static DocumentReading<VersionedPolicy> ReadStored(string version, string document)
    {
        var reading = Read(document);
        return reading with { State = reading.State is { } state ? state with { Version = version } : null };
    }

    /// <summary>A policy with its version. White space and members left at their defaults have no part in that.</summary>
    public static VersionedPolicy Named(PolicyDocument policy) => new(CanonicalJson.VersionOf(policy, ConsensusJson.Default.PolicyDocument), policy);

    /// <summary>The policy as it is stored.</summary>
    internal static string TextOf(PolicyDocument policy) => CanonicalJson.FileOf(policy, ConsensusJson.Default.PolicyDocument);
}
