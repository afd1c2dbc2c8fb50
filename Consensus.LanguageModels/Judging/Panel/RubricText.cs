using System.Text;
using Consensus.Contracts.Scoring;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>Writes a rubric as judges read it. Weights and the worth of grades are not shown: a judge chooses a word, not a number.</summary>
internal static class RubricText
{
    /// <summary>Every criterion with its menu.</summary>
    public static string WithMenus(Rubric rubric) => Of(rubric, menus: true);

    /// <summary>Every criterion, without its menu.</summary>
    public static string WithoutMenus(Rubric rubric) => Of(rubric, menus: false);

    private static string Of(Rubric rubric, bool menus)
    {
        var text = new StringBuilder();
        foreach (var criterion in rubric.Criteria)
        {
            text.Append("- ").Append(criterion.Name).Append(": ").Append(criterion.Question).Append('\n');
            foreach (var grade in menus ? criterion.Grades : [])
            {
                text.Append("  - \"").Append(grade.Name).Append("\": ").Append(grade.Anchor).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');
    }
}
