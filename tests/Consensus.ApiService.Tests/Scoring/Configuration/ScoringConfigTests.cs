using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Scoring.Configuration;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Scoring.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Scoring.Configuration;

public sealed class ScoringConfigTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheDefaultHasOneJudgeOfEachFamilyAndJudgesNothingByItself()
    {
        await using var app = await ApiApp.StartAsync();
        var (version, config) = await app.CurrentAsync();
        Assert.Equal(["sim/ada", "sim/curie", "sim/euler"], config.Judges.Select(static judge => judge.Model));
        Assert.Equal((0, PanelAggregation.Median, false, false), (config.SamplingRate, config.Panel.Aggregation, config.Pairwise.Enabled, config.Claims.Enabled));
        Assert.Contains(config.Rubrics, rubric => rubric.Name == config.Rubric);
        Assert.Equal(version, ScoringConfigVersions.Named(config).Version);
        var history = await new ConsensusClient(app.Http).ListScoringConfigsAsync(cancellationToken: Token);
        Assert.Equal((version, "default", null), (history.Items.Single().Version, history.Items[0].Source, history.Items[0].KeyId));
    }

    [Fact]
    public async Task AConfigurationThatIsPutIsInForceAndFoundByItsVersionForEver()
    {
        using var folder = new StorageFolders();
        string first, second;
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            var client = new ConsensusClient(app.Http);
            var config = JsonSerializer.Deserialize(SampleConfigs.Sample(), ConsensusJson.Default.ScoringConfig)!;
            var receipt = await client.PutScoringConfigAsync(config, Token);
            Assert.Equal((true, true), (receipt.Changed, receipt.Stored));
            Assert.Equal(receipt with { Changed = false }, await client.PutScoringConfigAsync(config, Token));
            Assert.Equivalent(new VersionedScoringConfig(receipt.Version, config), await client.GetScoringConfigAsync(Token), strict: true);
            first = receipt.Version;
            second = (await client.PutScoringConfigAsync(config with { SamplingRate = 1 }, Token)).Version;
            Assert.Equal(0.25, (await client.GetScoringConfigAsync(first, Token)).Config.SamplingRate);
        }

        await using var restarted = await ApiApp.StartAsync(folder.Settings);
        Assert.Equal((second, 1), ((await restarted.CurrentAsync()).Version, (await restarted.CurrentAsync()).Config.SamplingRate));
        Assert.Equal(first, (await restarted.CurrentAsync($"{SampleConfigs.Path}/{first}")).Version);
        var lookup = restarted.Services.GetRequiredService<ScoringConfigLookup>();
        Assert.Equal(0.25, (await lookup.FindAsync(first, Token))!.Config.SamplingRate);
        Assert.Same(await lookup.FindAsync(first, Token), await lookup.FindAsync(first, Token));
        Assert.Equal([$"{first} api", $"{second} api"], folder.Configs().Skip(1));
    }

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("none")]
    [InlineData("0123456789ABCDEF")]
    public async Task AVersionThatNeverWasIsNotFound(string version)
    {
        await using var app = await ApiApp.StartAsync();
        await (await app.Http.GetAsync($"{SampleConfigs.Path}/{version}")).ProblemAsync(ErrorCatalog.ScoringConfigNotFound);
    }

    [Fact]
    public async Task TheSameMeaningIsTheSameVersion()
    {
        await using var app = await ApiApp.StartAsync();
        var full = SampleConfigs.Sample();
        var version = (await app.PutConfigAsync(full).TakenAsync()).Version;
        var bare = new JsonObject(full.Reverse().Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        bare["rubrics"]![0]!["criteria"]![1]!["weight"] = 1.0;
        var receipt = await app.PutConfigAsync(bare.ToJsonString(new JsonSerializerOptions { WriteIndented = true })).TakenAsync();
        Assert.Equal((version, false), (receipt.Version, receipt.Changed));
    }

    [Fact]
    public async Task LeftOutMembersHaveTheirDefaults()
    {
        await using var app = await ApiApp.StartAsync();
        await app.PutConfigAsync("""{"schemaVersion":1,"rubric":"r","jobs":{"maxAttempts":2},"rubrics":[{"name":"r","version":1,"criteria":[{"name":"c","question":"q","grades":[{"name":"a","score":1,"anchor":"x"},{"name":"b","score":0,"anchor":"y"}]}]}]}""").TakenAsync();
        var config = (await app.CurrentAsync()).Config;
        Assert.Empty(config.Judges);
        Assert.Equal((new JudgePanelSettings(), new PairwiseSettings(), new ClaimCheckSettings(), new ScoringThresholds()), (config.Panel, config.Pairwise, config.Claims, config.Thresholds));
        Assert.Equal(new JudgeJobLimits(MaxAttempts: 2), config.Jobs);
        Assert.Equal((0, 1), (config.SamplingRate, config.Rubrics[0].Criteria[0].Weight));
    }

    [Fact]
    public async Task WhoHasTheVersionIsToldSoAndGetsNoBody()
    {
        await using var app = await ApiApp.StartAsync();
        var version = (await app.CurrentAsync()).Version;
        foreach (var (tag, status) in new[]
                 {
                     ($"\"{version}\"", HttpStatusCode.NotModified), ($"W/\"{version}\"", HttpStatusCode.NotModified), ($"\"x\", \"{version}\"", HttpStatusCode.NotModified),
                     ("*", HttpStatusCode.NotModified), ("\"0123456789abcdef\"", HttpStatusCode.OK), (version, HttpStatusCode.OK),
                 })
        {
            foreach (var path in (string[])[SampleConfigs.Path, $"{SampleConfigs.Path}/{version}"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                using var response = await app.Http.SendAsync(request, Token);
                Assert.Equal((tag, status), (tag, response.StatusCode));
                Assert.Equal($"\"{version}\"", response.Headers.ETag?.Tag);
                Assert.Equal(status == HttpStatusCode.NotModified, (await response.Content.ReadAsByteArrayAsync(Token)).Length == 0);
            }
        }
    }

    [Fact]
    public async Task WhoMeansToReplaceAnotherVersionIsRefused()
    {
        await using var app = await ApiApp.StartAsync();
        var version = (await app.CurrentAsync()).Version;
        foreach (var tag in (string[])["\"0123456789abcdef\"", $"W/\"{version}\"", version, "\"", ""])
        {
            using var refused = await app.PutConfigAsync(SampleConfigs.Sample(), tag);
            await refused.ProblemAsync(ErrorCatalog.PreconditionFailed);
        }

        // What is wrong is told first.
        await (await app.PutConfigAsync("{}", "\"0123456789abcdef\"")).ProblemAsync(ErrorCatalog.ValidationFailed);
        Assert.Equal(version, (await app.CurrentAsync()).Version);
        Assert.True((await app.PutConfigAsync(SampleConfigs.Sample(), $"\"x\", \"{version}\"").TakenAsync()).Changed);
        Assert.True((await app.PutConfigAsync(SampleConfigs.Sample(0.5), "*").TakenAsync()).Changed);
    }

    [Fact]
    public async Task TheHistoryIsPagedAndNewestFirst()
    {
        await using var app = await ApiApp.StartAsync();
        var put = new List<string> { (await app.CurrentAsync()).Version };
        for (var i = 1; i <= 4; i++)
        {
            put.Insert(0, (await app.PutConfigAsync(SampleConfigs.Sample(i / 8.0)).TakenAsync()).Version);
        }

        var (listed, cursor) = (new List<string>(), "");
        do
        {
            var page = JsonSerializer.Deserialize(await app.Http.GetStringAsync($"{SampleConfigs.Path}/history?limit=2{cursor}", Token), ConsensusJson.Default.PageScoringConfigChange)!;
            Assert.InRange(page.Items.Count, 1, 2);
            listed.AddRange(page.Items.Select(static item => item.Version));
            cursor = page.Next is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(put, listed);
        Assert.Equal(["cursor invalid_cursor"], await (await app.Http.GetAsync($"{SampleConfigs.Path}/history?cursor=x", Token)).ViolationsAsync());
        Assert.Equal(["limit out_of_range", "order unknown_member"], (await (await app.Http.GetAsync($"{SampleConfigs.Path}/history?limit=0&order=x", Token)).ViolationsAsync()).Order());
    }

    [Fact]
    public async Task WithoutARunLogItIsKeptInMemoryAndThereIsNoHistory()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        var receipt = await app.PutConfigAsync(SampleConfigs.Sample()).TakenAsync();
        Assert.Equal((true, false), (receipt.Changed, receipt.Stored));
        Assert.Equal(receipt.Version, (await app.CurrentAsync($"{SampleConfigs.Path}/{receipt.Version}")).Version);
        await (await app.Http.GetAsync($"{SampleConfigs.Path}/history", Token)).ProblemAsync(ErrorCatalog.RunLogDisabled);
        await (await app.Http.GetAsync($"{SampleConfigs.Path}/0123456789abcdef", Token)).ProblemAsync(ErrorCatalog.ScoringConfigNotFound);
    }

    [Fact]
    public async Task TheDefaultFollowsTheCatalogUntilSomebodyPutsOne()
    {
        using var folder = new StorageFolders();
        var settings = new Dictionary<string, string>(folder.Settings) { ["Panels:default:0"] = "sim/boole", ["Panels:default:1"] = "sim/euler" };
        string made, followed;
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            made = (await app.CurrentAsync()).Version;
        }

        await using (var app = await ApiApp.StartAsync(settings))
        {
            followed = (await app.CurrentAsync()).Version;
            Assert.Equal(["sim/boole", "sim/euler"], (await app.CurrentAsync()).Config.Judges.Select(static judge => judge.Model));

            // Who puts the default itself has decided, too.
            Assert.False((await app.PutConfigAsync(JsonSerializer.Serialize((await app.CurrentAsync()).Config, ConsensusJson.Default.ScoringConfig)).TakenAsync()).Changed);
        }

        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            Assert.Equal(followed, (await app.CurrentAsync()).Version);
        }

        Assert.Equal([$"{made} default", $"{followed} default", $"{followed} api"], folder.Configs());
    }

    [Fact]
    public async Task AJudgeThatIsGoneSinceDoesNotMakeTheStoredConfigurationWrong()
    {
        using var folder = new StorageFolders();
        string version;
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            version = (await app.PutConfigAsync(SampleConfigs.Sample()).TakenAsync()).Version;
        }

        var settings = new Dictionary<string, string>(folder.Settings) { ["Providers:sim:Kind"] = "simulator", ["Providers:sim:Models:euler:Family"] = "formal" };
        await using var changed = await ApiApp.StartAsync(settings);
        Assert.DoesNotContain("sim/ada", await changed.Http.GetStringAsync("/v1/models", Token), StringComparison.Ordinal);
        Assert.Equal(version, (await changed.CurrentAsync()).Version);
        Assert.Contains("judges[0].model unknown_model", await (await changed.PutConfigAsync(SampleConfigs.Sample(0.5))).ViolationsAsync());
    }

    [Fact]
    public async Task TooLargeOrBrokenBodiesAreRefused()
    {
        await using var app = await ApiApp.StartAsync();
        await (await app.PutConfigAsync("{")).ProblemAsync(ErrorCatalog.MalformedJson);
        await (await app.PutConfigAsync("""{"\ud800":1}""")).ProblemAsync(ErrorCatalog.ValidationFailed);
        await (await app.PutConfigAsync(new string(' ', Limits.ScoringConfigBytes + 1))).ProblemAsync(ErrorCatalog.BodyTooLarge);
    }
}
