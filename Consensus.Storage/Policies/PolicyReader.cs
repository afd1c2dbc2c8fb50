using System.Text.Json;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Policies;

/// <summary>A policy that was read: what it says, or everything that is wrong with it.</summary>
/// <param name="State">The policy with its version; <c>null</c> when anything is wrong.</param>
/// <param name="Errors">The first 100 violations.</param>
/// <param name="Count">How many violations there are.</param>
public sealed record PolicyReading(VersionedPolicy? State, IReadOnlyList<FieldError> Errors, int Count);

/// <summary>Reads policies. One that is wrong in any point is refused whole, with every reason.</summary>
public static class PolicyReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Reads a policy's text.</summary>
    public static PolicyReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            var errors = new DocumentErrors();
            errors.Malformed($"Line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: this is not JSON.");
            return Refused(errors);
        }
    }

    /// <summary>Reads a policy that was parsed.</summary>
    public static PolicyReading Read(JsonElement json)
    {
        var errors = new DocumentErrors();
        if (SchemaVersions.IsOther(json, PolicyDocument.CurrentSchemaVersion, errors))
        {
            return Refused(errors);
        }

        DocumentShape.Check(json, ConsensusJson.Default.PolicyDocument, "$", errors);
        PolicyRules.Check(json, errors);
        return errors.None ? new PolicyReading(Named(json.Deserialize(ConsensusJson.Default.PolicyDocument)!), [], 0) : Refused(errors);
    }

    /// <summary>Reads a policy that was valid when it was stored. It keeps the version that it was stored under: later programs may know members more.</summary>
    public static PolicyReading ReadStored(string version, string document)
    {
        var reading = Read(document);
        return reading with { State = reading.State is { } state ? state with { Version = version } : null };
    }

    /// <summary>A policy with its version. White space and members left at their defaults have no part in that.</summary>
    public static VersionedPolicy Named(PolicyDocument policy) => new(CanonicalJson.VersionOf(policy, ConsensusJson.Default.PolicyDocument), policy);

    /// <summary>The policy as it is stored.</summary>
    internal static string TextOf(PolicyDocument policy) => CanonicalJson.FileOf(policy, ConsensusJson.Default.PolicyDocument);

    private static PolicyReading Refused(DocumentErrors errors) => new(null, errors.Errors, errors.Count);
}
