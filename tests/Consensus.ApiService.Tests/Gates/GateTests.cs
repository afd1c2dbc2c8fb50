using System.Net;
using System.Text.Json;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Runs.Live;
using Consensus.Contracts.Json;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Tests.Gates;

public sealed class GateTests
{
    /// <summary>The part of a policy that does not let <see cref="HeldApi.Question"/> pass, its gate, and a piece of the reason.</summary>
    public static TheoryData<string, GateName, string> Before => new()
    {
        { "\"models\":{\"deny\":[\"*/curie\"]MODE}", GateName.AllowedModels, "sim/curie" },
        { "\"models\":{\"allow\":[\"sim/ada\",\"sim/b*\"]MODE}", GateName.AllowedModels, "sim/curie" },
        { "\"strategies\":{\"allow\":[\"learned\"]MODE}", GateName.AllowedStrategies, "majority" },
        { "\"panel\":{\"minModels\":4MODE}", GateName.PanelSize, "at least 4" },
        { "\"panel\":{\"maxModels\":2MODE}", GateName.PanelSize, "at most 2" },
        { "\"panel\":{\"minFamilies\":3MODE}", GateName.PanelSize, "2 families" },
        { "\"panel\":{\"maxAnswers\":2MODE}", GateName.PanelSize, "3 answers" },
        { "\"prompt\":{\"maxCharacters\":15MODE}", GateName.PromptLength, "16 characters" },
        { "\"safety\":[{\"name\":\"sums\",\"pattern\":\"WHAT is \\\\d+\",\"message\":\"No sums here.\"MODE}]", GateName.PromptSafety, "No sums here." },
    };

    [Theory]
    [MemberData(nameof(Before))]
    public async Task AnEnforcedGateAsksNobodyAndNamesItselfAndTheReason(string part, GateName gate, string reason)
    {
        await using var api = await StartAsync(part.Replace("MODE", "", StringComparison.Ordinal));
        using var response = await api.AskAsync();
        var run = await response.RunAsync();
        Assert.Equal((RunStatus.Completed, null, null, GateDecision.Refused), (run.Status, run.Outcome, run.Answer, run.Gate!.Decision));
        var finding = Assert.Single(run.Gate.Findings);
        Assert.Equal((gate, GateMode.Enforce), (finding.Gate, finding.Mode));
        Assert.Contains(reason, finding.Reason, StringComparison.Ordinal);
        Assert.Equal((0, 0), (api.Calls, run.Calls!.Started));
        var stored = await (await api.App.Http.GetAsync(response.Headers.Location)).RunAsync();
        Assert.Equivalent(run.Gate, stored.Gate, strict: true);
        Assert.Equal("What is 17 * 23?", stored.Request!.Prompt);
    }

    [Theory]
    [MemberData(nameof(Before))]
    public async Task AShadowGateSaysSoAndLetsTheAnswerOut(string part, GateName gate, string reason)
    {
        await using var api = await StartAsync(part.Replace("MODE", ",\"mode\":\"shadow\"", StringComparison.Ordinal));
        var run = await (await api.AskAsync()).RunAsync();
        Assert.Equal(("391", GateDecision.Passed), (run.Answer!.Text, run.Gate!.Decision));
        var finding = Assert.Single(run.Gate.Findings);
        Assert.Equal((gate, GateMode.Shadow), (finding.Gate, finding.Mode));
        Assert.Contains(reason, finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"confidence\":{\"minimum\":1}", GateName.MinimumConfidence)]
    [InlineData("\"confidence\":{\"minimum\":0,\"use\":\"calibrated\"}", GateName.MinimumConfidence)]
    public async Task AnAnswerThatIsNotSureEnoughIsKeptBackAndTheRecordIsWhole(string part, GateName gate)
    {
        await using var api = await StartAsync(part);
        var run = await (await api.AskAsync()).RunAsync();
        Assert.Equal((Outcome.Consensus, null, GateDecision.Withheld), (run.Outcome, run.Answer, run.Gate!.Decision));
        Assert.Equal((gate, GateMode.Enforce), (run.Gate.Findings.Single().Gate, run.Gate.Findings.Single().Mode));
        Assert.Equal(("391", 3, 3), (run.Clusters[0].Answer.Text, run.Candidates!.Count, api.Calls));
    }

    [Fact]
    public async Task AgreementIsHeldAgainstTheLeastOneAlsoForAnswersThatWereBrought()
    {
        await using var api = await StartAsync("\"agreement\":{\"minimum\":0.7}");
        using var response = await api.App.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
        var run = await response.RunAsync();
        Assert.Equal((Outcome.Consensus, null, GateDecision.Withheld), (run.Outcome, run.Answer, run.Gate!.Decision));
        Assert.Contains("0.667", run.Gate.Findings.Single().Reason, StringComparison.Ordinal);
        var passed = await (await api.AskAsync()).RunAsync();
        Assert.Equal(("391", GateDecision.Passed), (passed.Answer!.Text, passed.Gate!.Decision));
    }

    [Fact]
    public async Task AStrategyThatIsNotAllowedDecidesNothingOfAnAggregate()
    {
        await using var api = await StartAsync("\"strategies\":{\"deny\":[\"majority\"]}");
        var run = await (await api.App.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)).RunAsync();
        Assert.Equal((null, null, GateDecision.Refused), (run.Outcome, run.Answer, run.Gate!.Decision));
    }

    [Fact]
    public async Task EveryFindingIsNamedNotOnlyTheFirst()
    {
        await using var api = await StartAsync("\"prompt\":{\"maxCharacters\":5},\"panel\":{\"minModels\":9,\"mode\":\"shadow\"},\"models\":{\"deny\":[\"*\"]}");
        var run = await (await api.AskAsync()).RunAsync();
        Assert.Equal([GateName.AllowedModels, GateName.PanelSize, GateName.PromptLength], run.Gate!.Findings.Select(f => f.Gate));
    }

    [Fact]
    public async Task PersonalDataDoesNotLeaveForAProvider()
    {
        const string Prompt = """{"messages":[{"role":"system","content":"Sign as jane.doe@example.org"},{"role":"user","content":"What is 17 * 23? Call 4111 1111 1111 1111"}],"models":["sim/ada","sim/euler"]}""";
        await using var enforced = await StartAsync("\"redaction\":{}");
        var run = await (await enforced.AskAsync(Prompt)).RunAsync();
        Assert.Equal((GateDecision.Passed, GateName.Redaction), (run.Gate!.Decision, run.Gate.Findings.Single().Gate));
        Assert.Equal(2, enforced.Bodies.Count);
        Assert.All(enforced.Bodies, body => Assert.Contains("[email]", body, StringComparison.Ordinal));
        Assert.All(enforced.Bodies, body => Assert.Contains("[card]", body, StringComparison.Ordinal));
        Assert.All(enforced.Bodies, body => Assert.DoesNotContain("jane.doe", body, StringComparison.Ordinal));
        Assert.All(enforced.Bodies, body => Assert.DoesNotContain("4111", body, StringComparison.Ordinal));

        await using var shadow = await StartAsync("\"redaction\":{\"mode\":\"shadow\"}");
        Assert.Equal(GateMode.Shadow, (await (await shadow.AskAsync(Prompt)).RunAsync()).Gate!.Findings.Single().Mode);
        Assert.All(shadow.Bodies, body => Assert.Contains("jane.doe@example.org", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AStreamAndAnAsynchronousRunAreGatedLikeAnyOther()
    {
        await using var api = await StartAsync("\"models\":{\"deny\":[\"*\"]}");
        using var stream = await api.AskAsync(HeldApi.Question, ("Accept", "text/event-stream"));
        var events = await HeldApi.ReadAsync(stream);
        Assert.Equal([RunEventNames.Run, RunEventNames.Verdict, RunEventNames.Done], events.Select(e => e.EventType));
        Assert.Equal(GateDecision.Refused, JsonSerializer.Deserialize(events[1].Data, ConsensusJson.Default.ConsensusResponse)!.Gate!.Decision);
        using var later = await api.AskAsync(HeldApi.Question, ("Prefer", "respond-async"));
        Assert.Equal(HttpStatusCode.Accepted, later.StatusCode);
        var ended = await Poll.UntilAsync(async () => await (await api.App.Http.GetAsync(later.Headers.Location)).RunAsync(), r => r.Status == RunStatus.Completed);
        Assert.Equal(GateDecision.Refused, ended.Gate!.Decision);
        Assert.Equal(0, api.Calls);
    }

    [Theory]
    [InlineData("\"models\":{\"deny\":[\"*\"]}", "refused", "The policy refuses the question. The policy does not allow the models sim/ada,")]
    [InlineData("\"confidence\":{\"minimum\":1}", "withheld", "The policy keeps the answer back. The confidence is ")]
    public async Task AClientOfOpenAiIsToldOfTheGateAsARefusal(string part, string decision, string refusal)
    {
        await using var api = await StartAsync(part);
        using var response = await api.App.PostAsync("/openai/v1/chat/completions", """{"model":"consensus","messages":[{"role":"user","content":"What is 17 * 23?"}]}""");
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var message = body.RootElement.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null), (response.StatusCode, message.GetProperty("content").ValueKind));
        Assert.StartsWith(refusal, message.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("391", message.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal(decision, response.Headers.GetValues("x-consensus-gate").Single());
    }

    [Fact]
    public async Task ARunStaysUnderThePolicyThatItBeganUnder()
    {
        await using var api = await HeldApi.StartAsync();
        using var later = await api.AskAsync(HeldApi.Question, ("Prefer", "respond-async"));
        using var put = await PolicyTests.PutAsync(api.App, """{"schemaVersion":1,"agreement":{"minimum":1}, "confidence":{"minimum":1}}""");
        api.Release();
        var ended = await Poll.UntilAsync(async () => await (await api.App.Http.GetAsync(later.Headers.Location)).RunAsync(), r => r.Status == RunStatus.Completed);
        Assert.Equal("391", ended.Answer!.Text);
        Assert.NotEqual(put.Headers.ETag!.Tag.Trim('"'), ended.Gate!.PolicyVersion);
    }

    [Fact]
    public async Task EveryDecisionOfAGateIsCounted()
    {
        await using var api = await StartAsync("\"models\":{\"deny\":[\"sim/curie\"],\"mode\":\"shadow\"},\"safety\":[{\"name\":\"a\",\"pattern\":\"17\"},{\"name\":\"b\",\"pattern\":\"nothing\"}]");
        await (await api.AskAsync()).RunAsync();
        var metrics = await api.App.Http.GetStringAsync("/metrics");
        Assert.Matches("""consensus_policy_gates_total\{[^}]*gate="allowed_models"[^}]*mode="shadow"[^}]*result="found"[^}]*\}""", metrics);
        Assert.Matches("""consensus_policy_gates_total\{[^}]*gate="prompt_safety"[^}]*mode="enforce"[^}]*result="found"[^}]*\}""", metrics);
        Assert.Matches("""consensus_policy_gates_total\{[^}]*gate="prompt_safety"[^}]*mode="enforce"[^}]*result="passed"[^}]*\}""", metrics);
    }

    private static async Task<HeldApi> StartAsync(string parts)
    {
        var api = await HeldApi.StartAsync(held: false);
        using var put = await PolicyTests.PutAsync(api.App, $$"""{"schemaVersion":1,{{parts}}}""");
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        return api;
    }
}
