using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Scoring.Configuration;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>The scoring configuration where nobody wrote one: it judges what it is asked to judge, and nothing by itself.</summary>
internal static class DefaultScoringConfig
{
    private const string Panel = "default";

    // An odd few: a median of three bears one judge that is off, and every judge more costs each job its questions once more.
    private const int Judges = 3;

    /// <param name="catalog">The first models of its panel <c>default</c> judge, one of each family.</param>
    /// <param name="rubrics">The built-in rubrics, the one that is used where none is asked for first.</param>
    public static VersionedScoringConfig Of(ModelCatalog catalog, IReadOnlyList<Rubric> rubrics) => ScoringConfigVersions.Named(new ScoringConfig
    {
        SchemaVersion = ScoringConfig.CurrentSchemaVersion,
        Judges =
        [
            .. catalog.Panels.GetValueOrDefault(Panel, []).Select(catalog.Find).OfType<ModelEntry>().DistinctBy(static model => model.Family).Take(Judges)
                .Select(static model => new JudgeSettings { Model = model.Id }),
        ],
        Rubric = rubrics[0].Name,
        Rubrics = rubrics,
    });
}
