using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.Storage.Tests.Fitting;

public class FittedSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void TheSchemaHasTheShapeOfTheDocumentAndExplainsEveryMember()
    {
        var published = JsonNode.Parse(Repository.Read("docs/schemas/fitted.schema.json"))!.AsObject();
        Strip(published, "the document");
        var shape = ConsensusJson.Default.FittedDocument.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        Assert.Equal(shape.ToJsonString(Indented), published.ToJsonString(Indented));
    }

    /// <summary>Takes away what only explains or bounds; every property is explained.</summary>
    private static void Strip(JsonObject schema, string name)
    {
        Assert.True(schema.Remove("description"), $"{name} has no description");
        Bare(schema, name);
    }

    private static void Bare(JsonObject schema, string name)
    {
        string[] bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "minItems", "maxItems"];
        foreach (var word in bounds.Append("$schema").Append("title"))
        {
            schema.Remove(word);
        }

        if (schema["properties"] is JsonObject properties)
        {
            Assert.True(schema.Remove("additionalProperties"), $"{name} lets other members in");
            foreach (var (member, property) in properties)
            {
                Strip(property!.AsObject(), $"{name}.{member}");
            }
        }
        else if ((schema["items"] ?? schema["additionalProperties"]) is JsonObject inside)
        {
            Bare(inside, name);
        }
    }
}
