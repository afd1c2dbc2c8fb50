using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.OpenAi;
using Consensus.Contracts.Client;
using Consensus.Contracts.Policies;

namespace Consensus.ApiService.Tests.Mcp;

/// <summary>What the tools tell of a policy and of limits, which hold for them as for every caller.</summary>
public sealed class McpRefusalTests(OpenAiRig rig) : IClassFixture<OpenAiRig>
{
    private const string Question = """{"prompt":"What is 17 * 23?"}""";

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAnswerThatThePolicyKeepsBackIsNotToldAndAQuestionThatItRefusesIsNotAsked()
    {
        await using var app = await ApiApp.StartAsync(rig.Settings());
        await using var client = await McpCalls.ConnectAsync(app, "alice");
        var operating = new ConsensusClient(app.Client(OpenAiRig.Key("root")));
        await operating.PutPolicyAsync(new PolicyDocument { SchemaVersion = 1, Confidence = new ConfidenceRule(1) }, Over);
        var withheld = await client.CallToolAsync("ask_consensus", McpCalls.Arguments(Question), cancellationToken: Over);
        var verdict = McpCalls.Structure(withheld);
        Assert.True(withheld.IsError is not true);
        Assert.Equal(("withheld", true, 0), ((string?)verdict["gate"]!["decision"], verdict["answer"] is null, verdict["dissent"]!.AsArray().Count));
        Assert.StartsWith("There is no answer: the policy keeps it back. The confidence is ", McpCalls.Text(withheld), StringComparison.Ordinal);

        // Whoever looks it up is told no more.
        var found = await client.CallToolAsync("get_run", new Dictionary<string, object?> { ["runId"] = (string?)verdict["runId"] }, cancellationToken: Over);
        foreach (var told in (string[])[withheld.StructuredContent.ToString()!, McpCalls.Text(withheld), found.StructuredContent.ToString()!, McpCalls.Text(found)])
        {
            Assert.DoesNotContain("391", told, StringComparison.Ordinal);
        }

        await operating.PutPolicyAsync(new PolicyDocument { SchemaVersion = 1, Models = new NamesRule(Deny: ["*"]) }, Over);
        var before = await rig.AskedAsync("ada");
        var refused = await client.CallToolAsync("ask_consensus", McpCalls.Arguments(Question), cancellationToken: Over);
        Assert.Equal("refused", (string?)McpCalls.Structure(refused)["gate"]!["decision"]);
        Assert.StartsWith("There is no answer: the policy refuses the question. The policy does not allow the models ", McpCalls.Text(refused), StringComparison.Ordinal);
        Assert.Equal(before, await rig.AskedAsync("ada"));
    }

    [Theory]
    [InlineData("Limits:DailyCostUsd", "0", "budget_exhausted")]
    [InlineData("Limits:MaxCallsPerRun", "2", "validation_failed")]
    public async Task LimitsOfAKeyAreToldWithTheirCode(string setting, string value, string code)
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(rig.Settings()) { [setting] = value });
        await using var client = await McpCalls.ConnectAsync(app, "alice");
        Assert.Equal(code, await McpCalls.CodeAsync(client, "ask_consensus", Question));
    }

    [Fact]
    public async Task AsManyRunsAtATimeAsTheKeyMayHave()
    {
        await using var app = await ApiApp.StartAsync(new Dictionary<string, string>(rig.Settings()) { ["Limits:ConcurrentRuns"] = "1" });
        await using var client = await McpCalls.ConnectAsync(app, "alice");
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Over);
        var before = await rig.AskedAsync("silent");
        var going = client.CallToolAsync("ask_consensus", McpCalls.Arguments("""{"prompt":"x","models":["sim/silent"]}"""), cancellationToken: leaving.Token).AsTask();
        await Poll.UntilAsync(() => rig.AskedAsync("silent"), asked => asked > before);
        Assert.Equal("too_many_runs", await McpCalls.CodeAsync(client, "ask_consensus", Question));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => going);
        await Poll.UntilAsync(() => McpCalls.CodeAsync(client, "ask_consensus", Question), told => told is null);
    }
}
