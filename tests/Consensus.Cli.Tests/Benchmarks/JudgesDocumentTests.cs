using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.Cli.Tests.Benchmarks;

public class JudgesDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void TheSchemaIsThatOfTheReport()
    {
        var schema = (JsonObject)ConsensusJson.Default.JudgesReport.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        JsonObject document = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Report of consensus bench judges" };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            document[name] = value;
        }

        Repository.Check("docs/schemas/bench-judges.schema.json", document.ToJsonString(Indented) + "\n");
    }

    [Fact]
    public async Task TheFiguresInTheDocumentAreMeasured()
    {
        var terminal = new CapturedTerminal();
        Assert.Equal(0, await terminal.RunAsync("bench", "judges", SuiteFolder.PathOf("judges-llmbar")));
        Assert.Contains(string.Join('\n', terminal.Out.Split('\n').Select(line => line.TrimEnd())).Trim(), Repository.Read("docs/judges.md"), StringComparison.Ordinal);
    }
}
