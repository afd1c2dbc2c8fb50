using System.Text.Json;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Steps;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Tests.Steps;

public sealed class StepsReadingTests(SharedApi shared)
{
    [Fact]
    public void WithoutTiersTheCheapestComeFirstAndThoseWithoutAPriceLast()
    {
        var plan = Read("""{"prompt":"x","strategy":"cascade"}""", Priced("dear", 9, 9), Priced("free", 0, 0), Priced("unknown", null, 1), Priced("fair", 1, 2), Priced("like", 2, 1));

        Assert.Equal(["p/free,p/fair", "p/like,p/dear", "p/unknown"], plan.Cascade!.Tiers.Select(tier => string.Join(',', tier.Select(m => m.Id))));
        Assert.Equal((Limits.CascadeAgreement, Limits.CascadeConfidence), (plan.Cascade.Agreement, plan.Cascade.Confidence));
    }

    [Fact]
    public void TiersAndThresholdsThatAreGivenHold()
    {
        var plan = Read(
            """{"prompt":"x","strategy":"cascade","cascade":{"tiers":[["p/b"],["p/c","p/a"]],"agreement":0.9,"confidence":0.3}}""", Priced("a", 0, 0), Priced("b", 5, 5), Priced("c", 1, 1));

        Assert.Equal(["p/b", "p/c,p/a"], plan.Cascade!.Tiers.Select(tier => string.Join(',', tier.Select(m => m.Id))));
        Assert.Equal((0.9, 0.3), (plan.Cascade.Agreement, plan.Cascade.Confidence));
    }

    [Fact]
    public void RankingsBecomeOneBySchulzeUnlessTheRequestSaysOtherwise()
    {
        ModelEntry[] models = [Priced("a", 0, 0), Priced("b", 0, 0), Priced("c", 0, 0)];

        Assert.Equal(RankingMethod.Schulze, Read("""{"prompt":"x","strategy":"ranked"}""", models).Ranking);
        Assert.Equal(RankingMethod.Borda, Read("""{"prompt":"x","strategy":"ranked","ranking":"borda"}""", models).Ranking);
    }

    [Fact]
    public void ACapNeedsThePriceOfWhoWritesTheSynthesis()
    {
        var violations = new Violations();
        var catalog = Catalog(Priced("a", 0, 0), Priced("b", 0, 0));
        ConsensusRequestReader.Read(
            JsonElement.Parse("""{"prompt":"x","strategy":"synthesis","maxCostUsd":1}"""), Identity, catalog, violations, settings: new StepSettings(Priced("writer", null, null)));

        Assert.Equal(["maxCostUsd price_unknown"], violations.Errors.Select(e => $"{e.Field} {e.Code}"));
    }

    [Fact]
    public async Task AWriterThatIsNotConfiguredRefusesTheStart()
    {
        var settings = shared.Settings;
        settings[StepSettings.SynthesisModel] = "sim/zeno";
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ApiApp.StartAsync(settings));

        Assert.Contains("sim/zeno", refused.Message, StringComparison.Ordinal);
    }

    private static RunIdentity Identity => new(Guid.NewGuid(), "request-1", null, DateTimeOffset.UnixEpoch);

    private static StepPlan Read(string request, params ModelEntry[] models)
    {
        var violations = new Violations();
        var read = ConsensusRequestReader.Read(JsonElement.Parse(request), Identity, Catalog(models), violations);
        Assert.Empty(violations.Errors);
        return read!.Plan.Steps!;
    }

    private static ModelCatalog Catalog(params ModelEntry[] models) =>
        new() { Models = models, Panels = new Dictionary<string, IReadOnlyList<string>> { ["default"] = [.. models.Select(m => m.Id)] } };

    private static ModelEntry Priced(string name, decimal? input, decimal? output) => new()
    {
        Id = $"p/{name}", Provider = "p", ProviderKind = "openai", Name = name, Family = name, InputUsdPerMillion = input, OutputUsdPerMillion = output,
    };
}
