using System.Text.Json;
using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.Reading;

/// <summary>Reads what belongs to strategies that ask models more than once: <c>ranking</c> and <c>cascade</c>.</summary>
internal static class StepsReader
{
    public static readonly string[] Members = ["ranking", "cascade"];

    private const string Ranked = "ranked";
    private const string Cascading = "cascade";

    /// <returns>How the run goes on after its panel; <c>null</c> for a strategy that only votes.</returns>
    public static StepPlan? Read(ObjectReader request, AskedStrategy strategy, AskedPanel panel, EarlyStop earlyStop)
    {
        var ranking = request.OneOf<RankingMethod>("ranking");
        CheckBelongs(request, "ranking", Ranked, strategy);
        CheckBelongs(request, "cascade", Cascading, strategy);
        var cascade = strategy.Name == Cascading ? Cascade(request, panel) : null;
        if (strategy.Steps is not { } steps)
        {
            return null;
        }

        if (earlyStop != EarlyStop.Off && steps.WhyNoEarlyStop is { } reason)
        {
            request.Violations.Add("earlyStop", FieldCodes.Contradiction,
                $"The strategy {steps.Name} does not stop early by the vote: {reason}.", Allowed.Names([WireName.Of(EarlyStop.Off)]));
        }

        if (panel.Models.Count > 0 && panel.Models.Count < steps.LeastModels)
        {
            request.Violations.Add(request.Has("panel") ? "panel" : "models", FieldCodes.TooFew,
                $"The strategy {steps.Name} needs at least {steps.LeastModels} models; there are {panel.Models.Count}.", Allowed.Range(steps.LeastModels, Limits.PanelModels));
        }

        return new StepPlan(steps) { Ranking = ranking ?? RankingMethod.Schulze, Cascade = cascade };
    }

    private static void CheckBelongs(ObjectReader request, string member, string owner, AskedStrategy strategy)
    {
        if (request.Has(member) && strategy.Name != owner)
        {
            request.Contradiction(member, $"`{member}` belongs to the strategy {owner}; the strategy is {strategy.Name}.");
        }
    }

    private static CascadePlan Cascade(ObjectReader request, AskedPanel panel)
    {
        var asked = request.Any("cascade") is { } value ? ObjectReader.Open(value, "cascade", request.Violations, "tiers", "agreement", "confidence") : null;
        return new CascadePlan(
            (asked?.Has("tiers") == true ? Tiers(asked, panel) : null) ?? Cheapest(panel.Models),
            asked?.Number("agreement", a => a is >= 0 and <= 1, "0 to 1") ?? Limits.CascadeAgreement,
            asked?.Number("confidence", c => c is >= 0 and <= 1, "0 to 1") ?? Limits.CascadeConfidence);
    }

    /// <summary>Two at a time, the cheapest first: by the sum of the configured prices of input and output; those without a price last, equals as listed.</summary>
    private static IReadOnlyList<IReadOnlyList<ModelEntry>> Cheapest(IReadOnlyList<ModelEntry> models) =>
        [.. models.OrderBy(m => m.InputUsdPerMillion + m.OutputUsdPerMillion ?? decimal.MaxValue).Chunk(Limits.CascadeTierModels)];

    private static List<IReadOnlyList<ModelEntry>>? Tiers(ObjectReader cascade, AskedPanel panel)
    {
        if (cascade.Items("tiers", 2, Limits.PanelModels) is not { } items)
        {
            return null;
        }

        var before = cascade.Violations.Count;
        var tiers = new List<IReadOnlyList<ModelEntry>>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, field) in items)
        {
            tiers.Add(Tier(value, field, panel, placed, cascade.Violations));
        }

        if (cascade.Violations.Count == before && placed.Count < panel.Models.Count)
        {
            var missing = panel.Models.Select(m => m.Id).Where(id => !placed.Contains(id));
            cascade.Contradiction("tiers", $"The tiers leave out {string.Join(", ", missing.Select(id => Shown.Text(id)))}; together they are the models that are asked.");
        }

        return tiers;
    }

    private static List<ModelEntry> Tier(JsonElement value, string field, AskedPanel panel, HashSet<string> placed, Violations violations)
    {
        var tier = new List<ModelEntry>();
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > Limits.PanelModels)
        {
            violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(value)} is not a list of models.", Allowed.Words($"a list of 1 to {Limits.PanelModels} models"));
            return tier;
        }

        var at = 0;
        foreach (var item in value.EnumerateArray())
        {
            var place = $"{field}[{at++}]";
            if (Texts.Read(item, place, violations) is not { } id)
            {
                continue;
            }

            if (panel.Models.FirstOrDefault(m => m.Id == id) is not { } model)
            {
                violations.Add(place, FieldCodes.UnknownModel, $"{Shown.Text(id)} is not one of the models that are asked.", Allowed.Names(panel.Models.Select(m => m.Id)));
            }
            else if (!placed.Add(id))
            {
                violations.Add(place, FieldCodes.Duplicate, $"{Shown.Text(id)} stands in a tier already.");
            }
            else
            {
                tier.Add(model);
            }
        }

        return tier;
    }
}
