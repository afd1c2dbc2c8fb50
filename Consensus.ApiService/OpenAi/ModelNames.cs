using Consensus.ApiService.Steps;
using Consensus.Contracts;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;

namespace Consensus.ApiService.OpenAi;

/// <summary>Whom and how a model's name asks for; what is <c>null</c> is left to the defaults.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Panel">The panel; not together with <paramref name="Model"/>.</param>
/// <param name="Model">The only model to ask.</param>
internal sealed record NamedModel(string? Strategy, string? Panel, string? Model);

/// <summary>
/// The names that <c>model</c> takes: <c>consensus</c>, with <c>/strategy</c> and then <c>@panel</c> or <c>@provider/model</c> behind it, or the id of a model, which is asked alone.
/// </summary>
internal static class ModelNames
{
    public const string Consensus = "consensus";

    private const string DefaultPanel = "default";

    private static readonly IReadOnlyList<string> Names = [.. DecisionPolicies.All.Select(p => p.Name), .. StepStrategies.All.Select(s => s.Name)];

    /// <summary>What a name asks for; <c>null</c> when there is no such name.</summary>
    public static NamedModel? Find(string name, ModelCatalog catalog) =>
        Panel(name, catalog) ?? (catalog.Find(name) is null ? null : new NamedModel(null, null, name));

    /// <summary>The names that answer as they stand, each with who owns it. Every other combination of strategy and panel may be asked for too.</summary>
    public static IEnumerable<(string Name, string Owner)> All(ModelCatalog catalog)
    {
        var size = catalog.Panels.TryGetValue(DefaultPanel, out var models) ? models.Count : 0;
        if (size is > 0 and <= Limits.PanelModels)
        {
            yield return (Consensus, Consensus);
            foreach (var strategy in Names.Where(strategy => Suits(strategy, size)))
            {
                yield return ($"{Consensus}/{strategy}", Consensus);
            }
        }

        foreach (var (panel, members) in catalog.Panels)
        {
            if (panel != DefaultPanel && members.Count is > 0 and <= Limits.PanelModels)
            {
                yield return ($"{Consensus}@{panel}", Consensus);
            }
        }

        foreach (var model in catalog.Models)
        {
            yield return (model.Id, model.Provider);
        }
    }

    private static NamedModel? Panel(string name, ModelCatalog catalog)
    {
        if (!name.StartsWith(Consensus, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = name[Consensus.Length..];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var (how, whom) = at < 0 ? (rest, null) : (rest[..at], rest[(at + 1)..]);
        var strategy = how.StartsWith('/') ? how[1..] : null;
        if (strategy is null ? how.Length > 0 : !Names.Contains(strategy))
        {
            return null;
        }

        return whom is null || catalog.Panels.ContainsKey(whom) ? new NamedModel(strategy, whom, null)
            : catalog.Find(whom) is not null ? new NamedModel(strategy, null, whom)
            : null;
    }

    private static bool Suits(string strategy, int models) =>
        strategy == Strategies.SelfConsistency ? models == 1 : models >= (StepStrategies.Find(strategy)?.LeastModels ?? 1);
}
