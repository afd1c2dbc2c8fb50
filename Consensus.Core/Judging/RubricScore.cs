namespace Consensus.Core.Judging;

/// <summary>One judge's grades of a candidate, criterion by criterion, as one score.</summary>
public static class RubricScore
{
    /// <summary>The mean of the grades, weighted by criterion.</summary>
    /// <param name="grades">One entry per criterion: its weight, above 0, and what the grade is worth, 0 to 1, or <c>null</c> when unscored.</param>
    /// <returns>
    /// 0 to 1; <c>null</c> when a criterion is unscored or there is none. The mean of the rest would be a score on another rubric: a judge that leaves out the
    /// criterion on which a candidate is weak would raise that candidate above the others.
    /// </returns>
    public static double? Of(IReadOnlyCollection<(double Weight, double? Value)> grades)
    {
        if (grades.Count == 0 || grades.Any(grade => grade.Value is null))
        {
            return null;
        }

        return Math.Clamp(grades.Sum(grade => grade.Weight * grade.Value!.Value) / grades.Sum(grade => grade.Weight), 0, 1);
    }
}
