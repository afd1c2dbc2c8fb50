using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Schemas;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

public sealed class ScoringConfigSchemaTests(SharedApi shared)
{
    private const string File = "docs/schemas/scoring-config.schema.json";

    private static readonly string[] Bounds =
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "minItems", "maxItems", "minLength", "maxLength", "$schema", "title"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string[] Odd =
    [
        "null", "true", "false", "[]", "{}", "\"\"", "0", "-0", "-1", "1", "2", "0.5", "1000", "1e999", "1e-999", "9223372036854775808", "0.1e1", "\"\\ud800\"", "\"\\u0000\"", "\"better\"",
        "\"sim/ada\"", "\"house\"", "\"median\"", "[null]", "{\"\":0}", "{\"\\ud800\":1}", "\"\\n\"", "\"yes\"", "[[[[[[]]]]]]",
    ];

    [Fact]
    public async Task ThePublishedSchemaIsTheFileOfTheDocumentation() =>
        Assert.Equal(Repository.Read(File), (await shared.App.Http.GetStringAsync($"{SampleConfigs.Path}/schema")).ReplaceLineEndings("\n"));

    [Fact]
    public void TheSchemaHasTheShapeOfTheConfigurationAndExplainsEveryMember()
    {
        var published = JsonNode.Parse(Repository.Read(File))!.AsObject();
        Strip(published, "the configuration");
        var shape = ConsensusJson.Default.ScoringConfig.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        Assert.Equal(shape.ToJsonString(Indented), published.ToJsonString(Indented));
    }

    [Fact]
    public async Task TheDefaultAndEverythingThatIsShownConforms()
    {
        await using var app = await ApiApp.StartAsync();
        Assert.True(await ConformsAsync(app));
        await app.PutConfigAsync(SampleConfigs.Sample()).TakenAsync();
        Assert.True(await ConformsAsync(app));
    }

    [Fact]
    public async Task TheServiceKeepsToTheRangesOfTheSchemaAtTheirVeryEnds()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        var checkedEnds = 0;
        foreach (var (path, word, end) in Ends(JsonNode.Parse(Repository.Read(File))!.AsObject(), []))
        {
            var isWhole = end == Math.Floor(end) && !path.Any(static step => step is "weight" or "score" or "samplingRate" or "thresholds");
            var step = (isWhole ? 1 : 1e-9) * (word.EndsWith("inimum", StringComparison.Ordinal) ? -1 : 1);
            var isOpen = word.StartsWith("exclusive", StringComparison.Ordinal);
            Assert.Equal((string.Join('.', path), word, isOpen), (string.Join('.', path), word, !await IsTakenAsync(app, path, end)));
            Assert.Equal((string.Join('.', path), word, false), (string.Join('.', path), word, await IsTakenAsync(app, path, end + step)));
            checkedEnds++;
        }

        Assert.True(checkedEnds > 20);
    }

    [Fact]
    public async Task AnyMutationIsTakenAndConformsOrIsRefusedWithAReason()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        var random = new Random(20260214);
        var seeds = new[] { SampleConfigs.Sample(), JsonNode.Parse(await app.Http.GetStringAsync(SampleConfigs.Path))!["config"]!.AsObject() };
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 1_500; i++)
        {
            var text = Mutated(seeds[random.Next(2)], random);
            using var response = await app.PutConfigAsync(text);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                taken++;
                using var document = JsonDocument.Parse(text);
                Assert.True(Conforms(document.RootElement), text);
                Assert.True(await ConformsAsync(app), text);
            }
            else
            {
                refused++;
                var problem = await response.ProblemAsync();
                Assert.True(problem.Code == ErrorCatalog.ValidationFailed.Code && problem.Errors!.Count > 0, $"{problem.Code}: {text}");
            }
        }

        Assert.True(taken > 50 && refused > 500, $"{taken} taken, {refused} refused");
    }

    private static async Task<bool> ConformsAsync(ApiApp app)
    {
        using var document = JsonDocument.Parse(await app.Http.GetStringAsync(SampleConfigs.Path));
        return Conforms(document.RootElement.GetProperty("config"));
    }

    private static bool Conforms(JsonElement config)
    {
        using var document = JsonDocument.Parse(Repository.Read(File));
        var violations = new Violations();
        var schema = AnswerSchema.Read(document.RootElement, "schema", violations);
        Assert.Empty(violations.Errors);
        return schema!.Accepts(config);
    }

    private static string Mutated(JsonObject seed, Random random)
    {
        var config = seed.DeepClone();
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var places = Places(config).ToList();
            var (parent, name) = places[random.Next(places.Count)];
            // Half of a surrogate pair cannot be written as a node: it takes its place in the text.
            JsonNode odd = $"@odd-{random.Next(Odd.Length)}@";
            switch (random.Next(4))
            {
                case 0 when parent is JsonObject members:
                    members.Remove((string)name);
                    break;
                case 0 or 1 when parent is JsonArray items:
                    items.Insert((int)name, items[(int)name]?.DeepClone());
                    break;
                case 1:
                    parent[((string)name) + "x"] = odd;
                    break;
                default:
                    if (parent is JsonArray list)
                    {
                        list[(int)name] = odd;
                    }
                    else
                    {
                        parent[(string)name] = odd;
                    }

                    break;
            }
        }

        return Regex.Replace(config.ToJsonString(), "\"@odd-(?<odd>[0-9]+)@\"", static match => Odd[int.Parse(match.Groups["odd"].Value, CultureInfo.InvariantCulture)], RegexOptions.None, TimeSpan.FromSeconds(5));
    }

    private static IEnumerable<(JsonNode Parent, object Name)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Places(m.Value).Prepend((members, m.Key))),
        JsonArray items => items.SelectMany((item, i) => Places(item).Prepend((items, i))),
        _ => [],
    };

    private static async Task<bool> IsTakenAsync(ApiApp app, string[] path, double value)
    {
        var config = SampleConfigs.Sample();
        // Grades may not rise and rubrics may not change: what stands beside the number gives way to it.
        config["rubrics"]![0]!["version"] = Random.Shared.Next(100, int.MaxValue);
        var parent = (JsonNode)config;
        foreach (var step in path[..^1])
        {
            parent = step == "[]" ? parent[0]! : parent[step]!;
        }

        if (path[^1] == "score")
        {
            parent = config["rubrics"]![0]!["criteria"]![1]!["grades"]![value > 0.5 ? 0 : 1]!;
        }

        parent[path[^1]] = JsonNode.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        using var response = await app.PutConfigAsync(config);
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static IEnumerable<(string[] Path, string Word, double End)> Ends(JsonObject schema, string[] path)
    {
        foreach (var word in (string[])["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
        {
            if (schema[word] is { } end)
            {
                yield return (path, word, end.GetValue<double>());
            }
        }

        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            foreach (var end in Ends(member!.AsObject(), [.. path, name]))
            {
                yield return end;
            }
        }

        if (schema["items"] is JsonObject items)
        {
            foreach (var end in Ends(items, [.. path, "[]"]))
            {
                yield return end;
            }
        }
    }

    /// <summary>Takes away what only explains or bounds; every property is explained.</summary>
    private static void Strip(JsonObject schema, string name)
    {
        Assert.True(schema.Remove("description"), $"{name} has no description");
        Bare(schema, name);
    }

    private static void Bare(JsonObject schema, string name)
    {
        foreach (var word in Bounds)
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
        else if (schema["items"] is JsonObject inside)
        {
            Bare(inside, name);
        }
    }
}
