using System.Net;
using System.Text;
using System.Text.Json;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Schemas;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Fitting;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Policies;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Gates;

public sealed class PolicyTests
{
    private const string Short = """{"schemaVersion":1,"prompt":{"maxCharacters":10}}""";
    private const string Shorter = """{"schemaVersion":1,"prompt":{"maxCharacters":5}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutAPolicyEverythingPassesAndItsVersionStandsInEveryResponse()
    {
        await using var app = await ApiApp.StartAsync();
        var policy = await new ConsensusClient(app.Http).GetPolicyAsync(Token);
        using var response = await app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        var run = await response.RunAsync();
        Assert.Equivalent(new GateBody(policy.Version, GateDecision.Passed, []), run.Gate, strict: true);
        Assert.Equivalent(run.Gate, (await (await app.Http.GetAsync(response.Headers.Location)).RunAsync()).Gate, strict: true);
        Assert.Equal(policy.Version, (await new ConsensusClient(app.Http).GetPolicyAsync(policy.Version, Token)).Version);
        Assert.Empty((await new ConsensusClient(app.Http).ListPoliciesAsync(cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task APolicyThatIsPutIsInForceAfterARestartAndFoundByItsVersion()
    {
        using var folder = new StorageFolders();
        PolicyReceipt first, second;
        await using (var app = await ApiApp.StartAsync(folder.Settings))
        {
            var client = new ConsensusClient(app.Http);
            var policy = new PolicyDocument { SchemaVersion = 1, Confidence = new ConfidenceRule(0.5), Models = new NamesRule(["sim/*"]) };
            first = await client.PutPolicyAsync(policy, Token);
            Assert.Equal((true, true), (first.Changed, first.Stored));
            Assert.Equal(first with { Changed = false }, await client.PutPolicyAsync(policy, Token));
            Assert.Equivalent(policy, (await client.GetPolicyAsync(Token)).Policy, strict: true);
            second = await client.PutPolicyAsync(policy with { Confidence = null }, Token);
        }

        await using var restarted = await ApiApp.StartAsync(folder.Settings);
        var again = new ConsensusClient(restarted.Http);
        Assert.Equal(second.Version, (await again.GetPolicyAsync(Token)).Version);
        Assert.Equal(0.5, (await again.GetPolicyAsync(first.Version, Token)).Policy.Confidence!.Minimum);
        Assert.Equal([(second.Version, "api"), (first.Version, "api")], (await again.ListPoliciesAsync(cancellationToken: Token)).Items.Select(c => (c.Version, c.Source)));
    }

    [Fact]
    public async Task APolicyIsReplacedOnlyInPlaceOfTheVersionThatWasMeant()
    {
        await using var app = await ApiApp.StartAsync();
        using var first = await PutAsync(app, Short);
        var tag = first.Headers.ETag!.ToString();
        using var matching = await PutAsync(app, Shorter, tag);
        Assert.Equal(HttpStatusCode.OK, matching.StatusCode);
        await (await PutAsync(app, Short, tag)).ProblemAsync(ErrorCatalog.PreconditionFailed);
        using var known = new HttpRequestMessage(HttpMethod.Get, "/v1/policy");
        known.Headers.TryAddWithoutValidation("If-None-Match", matching.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await app.Http.SendAsync(known)).StatusCode);
    }

    [Fact]
    public async Task EverythingThatIsWrongIsSaidAtOnceAndWhatWasInForceStays()
    {
        await using var app = await ApiApp.StartAsync();
        using var good = await PutAsync(app, Short);
        using var response = await PutAsync(app, """
            {"schemaVersion":1,"model":{},"models":{},"strategies":{"allow":[]},"panel":{"minModels":5,"maxModels":2,"minFamilies":0},"prompt":{"maxCharacters":0,"mode":"maybe"},
             "safety":[{"name":"a b","pattern":"("},{"name":"x","pattern":"(?<=a)b"},{"name":"x","pattern":".*"},{"pattern":"y","message":""}],
             "confidence":{"minimum":1.5,"use":"both"},"agreement":{}}
            """);
        Assert.Equal(
            [
                "agreement.minimum required", "confidence.minimum out_of_range", "confidence.use invalid_value", "model unknown_member", "models required", "panel.minFamilies out_of_range",
                "panel.minModels contradiction", "prompt.maxCharacters out_of_range", "prompt.mode invalid_value", "safety[0].name invalid_value", "safety[0].pattern invalid_value",
                "safety[1].pattern invalid_value", "safety[2].name duplicate", "safety[2].pattern invalid_value", "safety[3].message too_long", "safety[3].name required", "strategies.allow too_few",
            ],
            (await response.ViolationsAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(good.Headers.ETag!.Tag.Trim('"'), (await new ConsensusClient(app.Http).GetPolicyAsync(Token)).Version);
        await (await PutAsync(app, """{"schemaVersion":2}""")).ProblemAsync(ErrorCatalog.ValidationFailed);
    }

    [Fact]
    public async Task AnEditOfTheFileCountsAsAPutAndOneThatIsWrongLeavesTheLastGood()
    {
        using var folder = new StorageFolders();
        var path = folder.Write("policy.json", Short);
        var settings = new Dictionary<string, string>(folder.Settings) { ["Policy:File"] = path, ["Policy:FileEvery"] = "00:00:00.05" };
        await using var app = await ApiApp.StartAsync(settings);
        var client = new ConsensusClient(app.Http);
        Assert.Equal(10, (await client.GetPolicyAsync(Token)).Policy.Prompt!.MaxCharacters);
        folder.Write("policy.json", Shorter);
        await Poll.UntilAsync(async () => (await client.GetPolicyAsync(Token)).Policy.Prompt!.MaxCharacters, most => most == 5);
        folder.Write("policy.json", """{"schemaVersion":1,"prompt":{"maxCharacters":-1}}""");
        await Poll.UntilAsync(() => app.Http.GetStringAsync("/ready"), text => text.Contains("the last good policy stays in force", StringComparison.Ordinal));
        Assert.Contains(app.Log.Lines, l => l.Contains("The policy in", StringComparison.Ordinal) && l.Contains("prompt.maxCharacters", StringComparison.Ordinal));
        Assert.Equal(5, (await client.GetPolicyAsync(Token)).Policy.Prompt!.MaxCharacters);
        Assert.Equal(["file", "file"], (await client.ListPoliciesAsync(cancellationToken: Token)).Items.Select(c => c.Source));
        folder.Write("policy.json", Short);
        await Poll.UntilAsync(async () => (await client.GetPolicyAsync(Token)).Policy.Prompt!.MaxCharacters, most => most == 10);
    }

    [Fact]
    public async Task AWrongFileRefusesTheStartWhereNoPolicyIsKnown()
    {
        using var folder = new StorageFolders();
        var settings = new Dictionary<string, string>(folder.Settings) { ["Policy:File"] = folder.Write("policy.json", "{") };
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(settings));
        Assert.StartsWith("Policy:File: the file is refused.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyAdminPutsAPolicy()
    {
        await using var app = await ApiApp.StartAsync(KeyedApi.Settings);
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var admin = app.Client(KeyedApi.Key("admin"));
        await (await PutAsync(app, Short, client: alice)).ProblemAsync(ErrorCatalog.Forbidden);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(app, Short, client: admin)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/v1/policy")).StatusCode);
    }

    [Theory]
    [InlineData("""{"schemaVersion":1}""", true)]
    [InlineData("""{"schemaVersion":1,"models":{"allow":["sim/*"],"deny":["sim/ada"],"mode":"shadow"},"strategies":{"allow":["majority"]}}""", true)]
    [InlineData("""{"schemaVersion":1,"models":null,"safety":[],"redaction":{},"agreement":{"minimum":0}}""", true)]
    [InlineData("""{"schemaVersion":1,"panel":{"minModels":20,"maxModels":20,"minFamilies":20,"maxAnswers":60},"prompt":{"maxCharacters":100000}}""", true)]
    [InlineData("""{"schemaVersion":1,"safety":[{"name":"a-Z_9","pattern":"x","message":"no","mode":"shadow"}],"confidence":{"minimum":1,"use":"raw"}}""", true)]
    [InlineData("""{"schemaVersion":1,"panel":{"minModels":21}}""", false)]
    [InlineData("""{"schemaVersion":1,"panel":{"maxAnswers":61}}""", false)]
    [InlineData("""{"schemaVersion":1,"prompt":{"maxCharacters":100001}}""", false)]
    [InlineData("""{"schemaVersion":1,"prompt":{}}""", false)]
    [InlineData("""{"schemaVersion":1,"confidence":{"minimum":1.01}}""", false)]
    [InlineData("""{"schemaVersion":1,"agreement":{"minimum":-0.01}}""", false)]
    [InlineData("""{"schemaVersion":1,"models":{"allow":[""]}}""", false)]
    [InlineData("""{"schemaVersion":1,"models":{"allow":"sim/*"}}""", false)]
    [InlineData("""{"schemaVersion":1,"redaction":true}""", false)]
    [InlineData("""{"schemaVersion":1,"other":1}""", false)]
    [InlineData("""{}""", false)]
    public async Task TheServiceAndThePublishedSchemaTakeTheSame(string policy, bool taken)
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        var published = await app.Http.GetStringAsync("/v1/policy/schema");
        Assert.Equal(Repository.Read("docs/schemas/policy.schema.json"), published.ReplaceLineEndings("\n"));
        using var schema = JsonDocument.Parse(published);
        using var document = JsonDocument.Parse(policy);
        var violations = new Violations();
        Assert.Equal(taken, AnswerSchema.Read(schema.RootElement, "schema", violations)!.Accepts(document.RootElement));
        Assert.Empty(violations.Errors);
        using var response = await PutAsync(app, policy);
        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    internal static async Task<HttpResponseMessage> PutAsync(ApiApp app, string policy, string? ifMatch = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/policy") { Content = new StringContent(policy, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await (client ?? app.Http).SendAsync(request);
    }
}
