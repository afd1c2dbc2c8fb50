using Consensus.Core.Evaluation;
using Consensus.Core.Learning;

namespace Consensus.Core.Reliability;

/// <summary>How often a model is right, from labelled questions.</summary>
/// <param name="Value">The posterior mean (right + 1) / (asked + 2), in (0, 1).</param>
/// <param name="Low">The lower end of Wilson's 95 % interval of the observed share.</param>
/// <param name="High">The upper end.</param>
/// <param name="Asked">On how many labelled questions it was asked; a question without its answer counts as not right.</param>
/// <param name="Right">On how many it was right; several samples of one question count as their mean.</param>
/// <param name="ByCategory">The same by category, each shrunk toward <see cref="Value"/> as if by <see cref="CategoryPrior"/> further questions.</param>
/// <remarks>Beta–binomial smoothing: Gelman et al., "Bayesian Data Analysis", 3rd ed., sections 2.1 and 5.1.</remarks>
public sealed record ModelReliability(double Value, double Low, double High, int Asked, double Right, IReadOnlyDictionary<string, double> ByCategory)
{
    /// <summary>How many questions the reliability over all categories counts for in each of them.</summary>
    public const double CategoryPrior = 20;

    /// <summary>The reliability in a category, or over all where the category is unknown.</summary>
    public double In(string? category) => category is not null && ByCategory.TryGetValue(category, out var value) ? value : Value;

    /// <summary>The reliability of every model of a set of questions.</summary>
    public static IReadOnlyDictionary<string, ModelReliability> Of(IReadOnlyList<LabelledVotes> questions)
    {
        var results = new SortedDictionary<string, List<(string? Category, double Right)>>(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            foreach (var samples in question.Panel.Votes.GroupBy(v => v.Model, StringComparer.Ordinal))
            {
                var right = question.Right == LabelledVotes.NoneRight ? 0 : samples.Average(v => v.Cluster == question.Right ? 1.0 : 0);
                if (!results.TryGetValue(samples.Key, out var list))
                {
                    results[samples.Key] = list = [];
                }

                list.Add((question.Panel.Category, right));
            }
        }

        return results.ToDictionary(r => r.Key, r => Of(r.Value), StringComparer.Ordinal);
    }

    private static ModelReliability Of(List<(string? Category, double Right)> results)
    {
        var right = results.Sum(r => r.Right);
        var value = (right + 1) / (results.Count + 2);
        var (low, high) = ProportionInterval.Wilson(right, results.Count);
        var categories = results.Where(r => r.Category is not null).GroupBy(r => r.Category!, StringComparer.Ordinal)
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .ToDictionary(c => c.Key, c => (c.Sum(r => r.Right) + (CategoryPrior * value)) / (c.Count() + CategoryPrior), StringComparer.Ordinal);
        return new ModelReliability(value, low, high, results.Count, right, categories);
    }
}
