using System.Text.Json.Nodes;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Core.Evidence.Matching;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Judging.Entailment;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.LanguageModels.Tests.Judging.Hostile;
using Consensus.LanguageModels.Tests.Support;
using Consensus.ModelSimulator;

namespace Consensus.LanguageModels.Tests.Judging.Entailment;

public sealed class EntailmentJudgeTests
{
    private static readonly string[] Passages = ["The bridge was opened in 1990.", "It is long."];

    private static readonly JudgeAsk About = new(Guid.Parse("00000000-0000-0000-0000-000000000001"), "j/red", [new RequestMessage("user", "When was the bridge opened?")], 2_000);

    private static Task<EntailmentReply> AskAsync(ScriptedJudge judge, params string[] claims) => new EntailmentJudge(judge.AskAsync).AskAsync(About, claims, Passages, default);

    private static ModelReply Says(ModelCall call, params (int Claim, string Label, int[] Passages)[] entries) => ScriptedJudge.Says(new JsonObject
    {
        ["ticket"] = JudgedRuns.TicketOf(call),
        ["claims"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
        {
            ["claim"] = entry.Claim, ["rationale"] = "So it is.", ["passages"] = new JsonArray([.. entry.Passages.Select(passage => (JsonNode)passage)]), ["label"] = entry.Label,
        })]),
    }.ToJsonString());

    [Fact]
    public async Task EachClaimGetsItsLabelAndThePassagesThatItRestsOn()
    {
        var judge = new ScriptedJudge((call, _) => Says(call, (2, "contradicted", [1]), (1, "supported", [2, 1, 2]), (3, "not_enough", [2])));
        var reply = await AskAsync(judge, "a", "b", "c");
        Assert.Equal([EvidenceLabel.Supported, EvidenceLabel.Contradicted, EvidenceLabel.NotEnough], reply.Claims.Select(claim => claim.Label!.Value));
        Assert.Equal(["1,2", "1", ""], reply.Claims.Select(claim => string.Join(',', claim.Passages)));
        Assert.All(reply.Claims, claim => Assert.Equal(("So it is.", null), (claim.Rationale, claim.Unscored)));
        Assert.Single(reply.Calls);
    }

    [Theory]
    [InlineData("perhaps", 1, UnscoredReason.OffMenu)]
    [InlineData("supported", 3, UnscoredReason.Malformed)]
    [InlineData("supported", 0, UnscoredReason.Malformed)]
    [InlineData("contradicted", null, UnscoredReason.Malformed)]
    public async Task ALabelThatCannotBeUsedIsNoLabelAndSpoilsNoOther(string label, int? passage, UnscoredReason reason)
    {
        var judge = new ScriptedJudge((call, _) => Says(call, (1, label, passage is { } number ? [number] : []), (2, "supported", [1])));
        var reply = await AskAsync(judge, "a", "b");
        Assert.Equal((null, reason), (reply.Claims[0].Label, reply.Claims[0].Unscored));
        Assert.Empty(reply.Claims[0].Passages);
        Assert.Equal(EvidenceLabel.Supported, reply.Claims[1].Label);
        Assert.Equal(2, reply.Calls.Count);
    }

    [Fact]
    public async Task AClaimThatIsLeftOutHasNoLabel()
    {
        var reply = await AskAsync(new ScriptedJudge((call, _) => Says(call, (1, "supported", [1]))), "a", "b");
        Assert.Equal([EvidenceLabel.Supported, null], reply.Claims.Select(claim => claim.Label));
        Assert.Equal(UnscoredReason.Malformed, reply.Claims[1].Unscored);
    }

    [Theory]
    [InlineData(FailureReason.Timeout, UnscoredReason.Timeout)]
    [InlineData(FailureReason.Refused, UnscoredReason.Refused)]
    [InlineData(FailureReason.Cancelled, UnscoredReason.Cancelled)]
    public async Task AFailedCallIsAValue(FailureReason failure, UnscoredReason reason)
    {
        var reply = await AskAsync(new ScriptedJudge((_, _) => ScriptedJudge.Fails(failure)), "a", "b");
        Assert.All(reply.Claims, claim => Assert.Equal((null, reason), (claim.Label, claim.Unscored)));
    }

    [Fact]
    public async Task TenClaimsAreAskedAtOnceAndOneFailedQuestionLeavesTheOthers()
    {
        var judge = new ScriptedJudge((call, _) => JudgedRuns.Text(call).Contains("claim-10", StringComparison.Ordinal)
            ? ScriptedJudge.Says("no")
            : Says(call, [.. Enumerable.Range(1, 10).Select(i => (i, "supported", new[] { 1 }))]));
        var reply = await AskAsync(judge, [.. Enumerable.Range(0, 13).Select(i => $"claim-{i:00}")]);
        Assert.Equal(13, reply.Claims.Count);
        Assert.All(reply.Claims.Take(10), claim => Assert.Equal(EvidenceLabel.Supported, claim.Label));
        Assert.All(reply.Claims.Skip(10), claim => Assert.Equal((null, UnscoredReason.Malformed), (claim.Label, claim.Unscored)));
    }

    [Fact]
    public async Task WithoutPassagesNobodyIsAsked()
    {
        var judge = new ScriptedJudge("no");
        var reply = await new EntailmentJudge(judge.AskAsync).AskAsync(About, ["a"], [], default);
        Assert.Empty(judge.Calls);
        Assert.Null(Assert.Single(reply.Claims).Label);
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Names), MemberType = typeof(HostileTexts))]
    public async Task AHostilePassageStaysInItsFenceAndAnEchoOfItLabelsNothing(string name)
    {
        var text = HostileTexts.ByName[name];
        var judge = new ScriptedJudge(text);
        var reply = await new EntailmentJudge(judge.AskAsync).AskAsync(About, [text], [text], default);
        Assert.Null(Assert.Single(reply.Claims).Label);
        Assert.All(judge.Calls, call => Assert.DoesNotContain(JudgedRuns.Text(call).Split('\n'), line => line.Length > 12 && text.Split('\n').Contains(line) && !line.StartsWith("| ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TheSimulatorAnswersThePrompt()
    {
        await using var simulator = await SimulatorHost.StartAsync(
        [
            new("Simulator:LatencyScale", "0"), new("Simulator:Models:ada:Judge:Noise", "0"),
        ]);
        await using var host = new ModelHost([("Providers:sim:Endpoint", new Uri(simulator.BaseAddress, "v1").AbsoluteUri), ("Providers:sim:TimeoutMs", "300000")]);
        var reply = await new EntailmentJudge(host.Caller.AskAsync).AskAsync(
            About with { Judge = "sim/ada" }, ["The bridge was opened in 1990.", "The bridge was opened in 1991.", "Elephants swim across oceans."], ["Apples are green fruit.", Passages[0]], default);
        Assert.Equal([EvidenceLabel.Supported, EvidenceLabel.Contradicted, EvidenceLabel.NotEnough], reply.Claims.Select(claim => claim.Label!.Value));
        Assert.Equal(["2", "2", ""], reply.Claims.Select(claim => string.Join(',', claim.Passages)));
    }
}
