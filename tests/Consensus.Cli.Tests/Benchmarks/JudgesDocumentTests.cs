using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Consensus.Cli.Benchmarks.Judges;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

public class JudgesDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void TheSchemaHasTheShapeOfTheReportAndExplainsEveryMember()
    {
        var published = JsonNode.Parse(Repository.Read("docs/schemas/bench-judges.schema.json"))!.AsObject();
        Strip(published, "the report");
        var shape = ConsensusJson.Default.JudgesReport.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        Assert.Equal(shape.ToJsonString(Indented), published.ToJsonString(Indented));
    }

    [Fact]
    public async Task TheFiguresInTheDocumentAreMeasured()
    {
        var terminal = new CapturedTerminal();
        JudgesView.Write(terminal.Terminal.Out, await RecordedJudges.ReportAsync());
        Assert.Contains(string.Join('\n', terminal.Out.Split('\n').Select(line => line.TrimEnd())).Trim(), Repository.Read("docs/judges.md"), StringComparison.Ordinal);
    }

    /// <summary>Takes away what only explains or bounds; every property is explained.</summary>
    private static void Strip(JsonObject schema, string name)
    {
        Assert.True(schema.Remove("description"), $"{name} has no description");
        foreach (var word in new[] { "$schema", "title", "minimum", "maximum" })
        {
            schema.Remove(word);
        }

        var inside = schema["items"]?.AsObject() ?? schema;
        if (inside["properties"] is JsonObject properties)
        {
            Assert.True(inside.Remove("additionalProperties"), $"{name} lets other members in");
            foreach (var (member, property) in properties)
            {
                Strip(property!.AsObject(), $"{name}.{member}");
            }
        }
    }
}
