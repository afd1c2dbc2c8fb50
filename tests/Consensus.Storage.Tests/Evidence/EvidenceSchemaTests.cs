using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Json;
using Consensus.Storage.Evidence.Schema;

namespace Consensus.Storage.Tests.Evidence;

public sealed class EvidenceSchemaTests
{
    public static TheoryData<string> Names => ["collection", "document", "passages", "vectors", "record"];

    /// <summary>A member that the contract gains must be in the schema, or no record could be stored.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ASchemaNamesTheMembersOfWhatIsStoredAndNoOthers(string name)
    {
        var schema = EvidenceSchemas.Read(name).Root;
        JsonTypeInfo type = name switch
        {
            "collection" => EvidenceJson.Default.StoredCollection,
            "document" => EvidenceJson.Default.StoredDocument,
            "passages" => EvidenceJson.Default.StoredPassages,
            "vectors" => EvidenceJson.Default.StoredVectors,
            _ => ConsensusJson.Default.EvidenceRecord,
        };
        Assert.Equal(Members(type), Properties(schema));
        Assert.Equal(Properties(schema), schema.GetProperty("required").EnumerateArray().Select(static member => member.GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("claim", typeof(EvidenceClaim))]
    [InlineData("citation", typeof(EvidenceCitation))]
    [InlineData("figures", typeof(EvidenceFigures))]
    [InlineData("candidate", typeof(CandidateEvidence))]
    [InlineData("passage", typeof(EvidencePassage))]
    [InlineData("method", typeof(EvidenceMethod))]
    public void ThePartsOfARecordLikewise(string part, Type type) =>
        Assert.Equal(Members(ConsensusJson.Default.GetTypeInfo(type)!), Properties(EvidenceSchemas.Read("record").Root.GetProperty("$defs").GetProperty(part)));

    [Theory]
    [InlineData("label", typeof(EvidenceLabel))]
    [InlineData("abstainReason", typeof(AbstainReason))]
    public void EveryWordOfTheContractIsOneOfTheSchema(string member, Type words)
    {
        var text = EvidenceSchemas.Read("record").Root.GetRawText();
        Assert.Contains($"\"{member}\"", text, StringComparison.Ordinal);
        Assert.All(Enum.GetNames(words), word => Assert.Contains($"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(word)}\"", text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Members(JsonTypeInfo type) => type.Properties.Select(static property => property.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Properties(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject().Select(static property => property.Name).Order(StringComparer.Ordinal);
}
