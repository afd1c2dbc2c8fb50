using Consensus.Contracts.Fitting;
using Consensus.Contracts.Json;
using Consensus.Storage.Documents;

namespace Consensus.Storage.Fitting;

/// <summary>How a fitted document is spelled and named.</summary>
internal static class FittedVersion
{
    private const string VersionMember = "version";

    /// <summary>The document's version: a hash of all but the member that holds it.</summary>
    public static string Of(FittedDocument document) => CanonicalJson.VersionOf(document, ConsensusJson.Default.FittedDocument, VersionMember);

    /// <summary>The document as a file.</summary>
    public static string FileOf(FittedDocument document) => CanonicalJson.FileOf(document, ConsensusJson.Default.FittedDocument);
}
