using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

public sealed class ScoringConfigDocsTests
{
    private const string Page = "docs/scoring-config.md";

    [Fact]
    public async Task TheExampleOfThePageIsTaken()
    {
        await using var app = await ApiApp.StartAsync();
        var example = Repository.Read(Page).Split("```json\n")[1].Split("\n```")[0];
        Assert.True((await app.PutConfigAsync(example).TakenAsync()).Changed);
        Assert.Equal("house", (await app.CurrentAsync()).Config.Rubric);
    }

    [Fact]
    public void ThePageHasEveryMemberWithTheRangeAndTheDefaultOfTheSchema()
    {
        var rows = Repository.Read(Page).Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Replace('−', '-').Split('|', StringSplitOptions.TrimEntries)).ToDictionary(static cells => cells[1].Trim('`'));
        var members = Members(JsonNode.Parse(Repository.Read("docs/schemas/scoring-config.schema.json"))!.AsObject(), "").ToList();
        Assert.True(members.Count > 25);
        foreach (var (name, schema) in members)
        {
            Assert.True(rows.TryGetValue(name, out var row), $"{Page} does not name {name}.");
            foreach (var word in (string[])["minimum", "maximum", "exclusiveMinimum", "minItems", "maxItems"])
            {
                Assert.True(schema[word] is not { } end || row[2].Contains(end.ToJsonString(), StringComparison.Ordinal) || row[2].StartsWith("as ", StringComparison.Ordinal), $"{name}: {word}");
            }

            if (schema["default"] is { } value)
            {
                Assert.Equal((name, value.ToString()), (name, row[3].Trim('`')));
            }
        }
    }

    private static IEnumerable<(string Name, JsonObject Schema)> Members(JsonObject schema, string path)
    {
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            var at = $"{path}{name}";
            var inner = member!.AsObject();
            if (inner["properties"] is null)
            {
                yield return (at, inner);
            }

            foreach (var below in Members(inner, at + ".").Concat(inner["items"] is JsonObject items ? Members(items, at + "[].") : []))
            {
                yield return below;
            }
        }
    }
}
