using System.Text.Json.Nodes;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Evidence;

/// <summary><c>matching: entailment</c>, with a judge that is asked over HTTP.</summary>
public sealed class EvidenceJudgeTests(EvidenceRig rig) : IClassFixture<EvidenceRig>
{
    private const string OtherWords = "The light at Skerrin blazed in 1871.";
    private const string Denied = "The light at Skerrin was not lit in 1871.";
    private const string WrongYear = "The light at Skerrin was lit in 1872, not 1871.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AJudgeAddsOtherWordsButWavesNoDenialAndNoNumberThroughAndItsCostCountsForItsKey()
    {
        await using var app = await JudgedAsync(dailyCostUsd: "0.05");
        using var alice = app.Client(KeyedApi.Key("alice"));
        var byWords = await rig.CheckedAsync(Check("lexical", OtherWords, Denied, WrongYear), app, alice);
        var judged = await rig.CheckedAsync(Check("entailment", OtherWords, Denied, WrongYear), app, alice);

        Assert.Equal(EvidenceLabel.NotEnough, byWords.Claims[0].Label);
        Assert.All(byWords.Claims, claim => Assert.Null(claim.Rationale));
        Assert.Equal(EvidenceLabel.Supported, judged.Claims[0].Label);
        // The judge calls these supported too: it looks at words and the last number alone.
        Assert.All(judged.Claims, claim => Assert.NotNull(claim.Rationale));
        Assert.All(judged.Claims.Skip(1), claim => Assert.NotEqual(EvidenceLabel.Supported, claim.Label));
        Assert.Equal(EvidenceLabel.Contradicted, judged.Claims[1].Label);
        Assert.Contains(judged.Claims[0].Citations, citation => citation.Label == EvidenceLabel.Supported && citation.Passage == 1);
        Assert.Equal((EvidenceMatching.Lexical, null, null), (byWords.Method.Matching, byWords.Method.Judge, byWords.Method.JudgeUsage));
        Assert.Equal(
            (EvidenceMatching.Entailment, "sim/ada", "entailment@1", 0),
            (judged.Method.Matching, judged.Method.Judge, judged.Method.JudgePrompt, judged.Method.JudgeFailures));
        Assert.True(judged.Method.JudgeUsage!.CostUsd > 0);

        // With a judge, entailment is what is done when nothing is said; a run's answer is judged after the run.
        var asked = await rig.AskedAsync(EvidenceRig.Ask(EvidenceRig.Invented), app, alice);
        Assert.Equal((EvidenceMatching.Entailment, 0.5), (asked.Method.Matching, asked.Figures!.HallucinationRate));
        var log = app.Services.GetRequiredService<RunLog>();
        var spent = await log.FindKeyCostAsync("alice", asked.CreatedAt, Token);
        Assert.Equal(judged.Method.JudgeUsage.CostUsd + asked.Method.JudgeUsage!.CostUsd + asked.Run!.Usage!.CostUsd, spent);
    }

    [Fact]
    public async Task AKeyThatHasSpentItsDayHasNoAnswerJudged()
    {
        await using var app = await JudgedAsync(dailyCostUsd: "0.000001");
        using var alice = app.Client(KeyedApi.Key("alice"));
        using var bob = app.Client(KeyedApi.Key("bob"));
        await rig.CheckedAsync(Check("entailment", OtherWords), app, alice);

        using (var refused = await app.PostAsync("/v1/evidence/check", Check("entailment", OtherWords), alice))
        {
            await refused.ProblemAsync(ErrorCatalog.BudgetExhausted);
        }

        Assert.Equal(EvidenceLabel.NotEnough, Assert.Single((await rig.CheckedAsync(Check("lexical", OtherWords), app, alice)).Claims).Label);
        Assert.Equal(EvidenceLabel.Supported, Assert.Single((await rig.CheckedAsync(Check("entailment", OtherWords), app, bob)).Claims).Label);
    }

    [Fact]
    public async Task AJudgeThatSaysNothingUsableLeavesTheLabelsOfTheWords()
    {
        // A replayed model knows nothing of claims.
        await using var app = await ApiApp.StartAsync(rig.SettingsWith([new("Evidence:Judge", "sim/gamma")]));
        var judged = await rig.CheckedAsync(Check("entailment", OtherWords, Denied, "The light at Skerrin was lit in 1871."), app);

        Assert.Equal([EvidenceLabel.NotEnough, EvidenceLabel.Contradicted, EvidenceLabel.Supported], judged.Claims.Select(claim => claim.Label));
        Assert.All(judged.Claims, claim => Assert.Null(claim.Rationale));
        Assert.Equal((EvidenceMatching.Entailment, 3), (judged.Method.Matching, judged.Method.JudgeFailures));
        Assert.False(judged.Abstained);
    }

    /// <summary>A service with keys and a judge that labels by the words and the last number.</summary>
    private Task<ApiApp> JudgedAsync(string dailyCostUsd) =>
        ApiApp.StartAsync(rig.SettingsWith([.. KeyedApi.Settings, new("Evidence:Judge", "sim/ada"), new("Limits:DailyCostUsd", dailyCostUsd)]));

    private static JsonObject Check(string matching, params string[] claims) => new()
    {
        ["answer"] = string.Join(' ', claims), ["documents"] = EvidenceRig.Documents, ["matching"] = matching,
    };
}
