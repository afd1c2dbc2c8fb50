using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

public sealed class ScoringConfigRefusalTests(SharedApi shared)
{
    private const string Grades = "rubrics[0].criteria[0].grades";

    /// <summary>A change of the sample, as path = value (no value: taken away), and every violation that it makes.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "schemaVersion=2", "schemaVersion invalid_value" },
        { "schemaVersion", "schemaVersion required" },
        { "extra=1", "extra unknown_member" },
        { "jobs.retries=1", "jobs.retries unknown_member" },
        { "samplingRate=1.01", "samplingRate out_of_range" },
        { "samplingRate=\"1\"", "samplingRate invalid_type" },
        { "samplingRate=null", "samplingRate invalid_type" },
        { "judges=null", "judges invalid_type; panel.aggregation contradiction" },
        { "judges=[]", "panel.aggregation contradiction" },
        { "judges[0].model=\"sim/none\"", "judges[0].model unknown_model" },
        { "judges[0].model=\"sim/curie\"", "judges[1].model duplicate" },
        { "judges[0].model=\"\"", "judges[0].model invalid_value" },
        { "judges[0].weight=1000.5", "judges[0].weight out_of_range" },
        { "judges[0].weight=null", "judges[0].weight required" },
        { "judges[0].weight=1e999", "judges[0].weight out_of_range; judges[0].weight required" },
        { "panel.aggregation=\"mean\"", "panel.aggregation invalid_value" },
        { "pairwise.enabled=false", "panel.aggregation contradiction" },
        { "pairwise.maxCandidates=1", "pairwise.maxCandidates out_of_range" },
        { "claims.maxClaims=51", "claims.maxClaims out_of_range" },
        { "claims=3", "claims invalid_type" },
        { "thresholds.lowAlpha=-1.5", "thresholds.lowAlpha out_of_range" },
        { "jobs.maxAttempts=2.5", "jobs.maxAttempts invalid_type" },
        { "jobs.timeoutSeconds=0", "jobs.timeoutSeconds out_of_range" },
        { "rubric=\"none\"", "rubric invalid_value" },
        { "rubrics=[]", "rubric invalid_value; rubrics too_few" },
        { "rubrics[1].name=\"house\"", "rubrics[1].name duplicate" },
        { "rubrics[1].name=\"House\"", "rubrics[1].name invalid_value" },
        { "rubrics[1].name=\"a--b\"", "rubrics[1].name invalid_value" },
        { "rubrics[1].version=0", "rubrics[1].version out_of_range" },
        { "rubrics[1].criteria=[]", "rubrics[1].criteria too_few" },
        { "rubrics[0].description=\"\\u0007\"", "rubrics[0].description control_characters" },
        { "rubrics[0].criteria[1].name=\"right\"", "rubrics[0].criteria[1].name duplicate" },
        { "rubrics[0].criteria[1].name=\"better\"", "rubrics[0].criteria[1].name invalid_value" },
        { "rubrics[0].criteria[1].name=\"claim-7\"", "rubrics[0].criteria[1].name invalid_value" },
        { "rubrics[0].criteria[0].weight=0", "rubrics[0].criteria[0].weight out_of_range" },
        { "rubrics[0].criteria[0].question=\" \"", "rubrics[0].criteria[0].question required" },
        { $"{Grades}=[]", $"{Grades} too_few" },
        { $"{Grades}[1].name=\"YES\"", $"{Grades}[1].name duplicate" },
        { $"{Grades}[1].name=\" Partly\"", $"{Grades}[1].name invalid_value" },
        { $"{Grades}[1].score=-0.5", $"{Grades}[1].score out_of_range; {Grades}[2].score out_of_range" },
        { $"{Grades}[2].score=0.75", $"{Grades}[2].score out_of_range" },
        { $"{Grades}[2].anchor", $"{Grades}[2].anchor required" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task AViolationIsNamedWithItsPlace(string change, string violations)
    {
        using var response = await shared.App.PutConfigAsync(Changed(change));
        Assert.Equal(violations.Split("; "), (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EverythingThatIsWrongIsSaidAtOnceAlsoBesideAWrongShape()
    {
        using var response = await shared.App.PutConfigAsync(Changed(
            "samplingRate=7", "judges[0].model=\"sim/none\"", "jobs.concurrency=\"many\"", "extra=1", "rubrics[0].criteria[0].grades[1].name=\"yes\"", "claims.maxClaims=0", "rubric"));
        Assert.Equal(
            [
                "claims.maxClaims out_of_range", "extra unknown_member", "jobs.concurrency invalid_type", "judges[0].model unknown_model", "rubric required",
                "rubrics[0].criteria[0].grades[1].name duplicate", "samplingRate out_of_range",
            ],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AnUnknownJudgeIsToldWhichThereAre()
    {
        using var response = await shared.App.PutConfigAsync(Changed("judges[0].model=\"sim/none\""));
        var error = Assert.Single((await response.ProblemAsync(ErrorCatalog.ValidationFailed)).Errors!);
        Assert.Equal(["sim/ada", "sim/boole", "sim/curie", "sim/darwin", "sim/euler"], error.Allowed!.Value.EnumerateArray().Select(static name => name.GetString()!));
    }

    [Theory]
    [InlineData("judges[0].weight=0;judges[1].weight=0", "panel.aggregation contradiction")]
    [InlineData("judges[0].weight;judges[1].weight", "judges[0].weight required;judges[1].weight required;panel.aggregation contradiction")]
    [InlineData("rubrics[1].criteria[0].grades[0].score=0.5;rubrics[1].criteria[0].grades[1].score=0.5", "rubrics[1].criteria[0].grades contradiction")]
    public async Task ValuesThatMakeNoSenseTogetherAreRefused(string changes, string violations)
    {
        using var response = await shared.App.PutConfigAsync(Changed(changes.Split(';')));
        Assert.Equal(violations.Split(';'), (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ARubricIsNeverChangedUnderItsVersion()
    {
        await using var app = await ApiApp.StartAsync();
        await app.PutConfigAsync(SampleConfigs.Sample()).TakenAsync();
        var changed = Changed("rubrics[0].criteria[0].question=\"Is it really right?\"");
        Assert.Equal(["rubrics[0].version contradiction"], await (await app.PutConfigAsync(changed)).ViolationsAsync());

        changed["rubrics"]![0]!["version"] = 4;
        await app.PutConfigAsync(changed).TakenAsync();
        // Also when the rubric is not in force any more, and in another process.
        Assert.Equal(["rubrics[0].version contradiction"], await (await app.PutConfigAsync(Changed("rubrics[0].description=\"Theirs.\""))).ViolationsAsync());
        await app.PutConfigAsync(SampleConfigs.Sample()).TakenAsync();
    }

    [Fact]
    public async Task ABuiltInRubricIsNotChangedUnderItsVersionEither()
    {
        var config = JsonNode.Parse(await shared.App.Http.GetStringAsync(SampleConfigs.Path))!["config"]!;
        config["rubrics"]![0]!["description"] = "Mine.";
        using var response = await shared.App.PutConfigAsync(config);
        Assert.Equal(["rubrics[0].version contradiction"], await response.ViolationsAsync());
    }

    [Fact]
    public async Task BrokenUnicodeIsRefusedWhereItStands()
    {
        var text = SampleConfigs.Sample().ToJsonString().Replace("Ours.", "\\ud800", StringComparison.Ordinal).Replace("\"short\",\"version\"", "\"\\udc00\",\"version\"", StringComparison.Ordinal);
        using var response = await shared.App.PutConfigAsync(text);
        Assert.Equal(["rubrics[0].description control_characters", "rubrics[1].name control_characters"], (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task VeryManyViolationsAreCountedAndTheFirstListed()
    {
        var config = SampleConfigs.Sample();
        config["judges"] = new JsonArray([.. Enumerable.Range(0, 300).Select(static i => (JsonNode)new JsonObject { ["model"] = $"no/model-{i}", ["weight"] = 1 })]);
        using var response = await shared.App.PutConfigAsync(config);
        var problem = await response.ProblemAsync(ErrorCatalog.ValidationFailed);
        Assert.Equal(100, problem.Errors!.Count);
        Assert.Equal("301 violations, of which the first 100 are listed.", problem.Detail);
    }

    private static JsonObject Changed(params string[] changes)
    {
        var config = SampleConfigs.Sample();
        foreach (var change in changes)
        {
            var (path, value) = change.IndexOf('=', StringComparison.Ordinal) is var at && at < 0 ? (change, null) : (change[..at], change[(at + 1)..]);
            var steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
            var parent = steps[..^1].Aggregate((JsonNode)config, static (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
            if (value is null)
            {
                parent.AsObject().Remove(steps[^1]);
            }
            else if (int.TryParse(steps[^1], out var index))
            {
                parent[index] = JsonNode.Parse(value);
            }
            else
            {
                parent[steps[^1]] = JsonNode.Parse(value);
            }
        }

        return config;
    }
}
