using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Judging.Rubrics;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>The rubrics that come with the program.</summary>
/// <param name="All">Every version of each.</param>
internal sealed record BuiltInRubrics(IReadOnlyList<Rubric> All)
{
    public static BuiltInRubrics Instance { get; } = new(ShippedRubrics.All);

    /// <summary>The newest version of each, the one for questions of any kind first.</summary>
    public IReadOnlyList<Rubric> Newest { get; } =
        [.. All.GroupBy(static rubric => rubric.Name).Select(static versions => versions.MaxBy(static rubric => rubric.Version)!)
            .OrderBy(static rubric => rubric.Name != ShippedRubrics.AnswerQuality)];
}
