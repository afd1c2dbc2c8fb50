using Consensus.Core.Answers;
using Consensus.Core.Learning;

namespace Consensus.Core.Fitting;

/// <summary>Finds what was learned of a panel.</summary>
public static class PanelFits
{
    /// <summary>
    /// The fit of exactly these models and this kind; else, of the fits of this kind that know at least 80 % of the models, the one that knows the most (of equals, the one
    /// of the smaller panel, then the first). Its weights may serve, its calibration maps may not: see <see cref="PanelFit.IsOf"/>.
    /// </summary>
    /// <param name="fits">What was learned.</param>
    /// <param name="models">The models of the panel; repeats count once.</param>
    /// <param name="kind">The kind under which the answers were read.</param>
    public static PanelFit? Choose(IReadOnlyList<PanelFit> fits, IEnumerable<string> models, AnswerKind kind)
    {
        if (fits.Count == 0)
        {
            return null;
        }

        var panel = models.ToHashSet(StringComparer.Ordinal);
        return fits.FirstOrDefault(f => f.IsOf(panel, kind))
            ?? fits.Where(f => f.Kind == kind)
                .Select(f => (Fit: f, Known: f.Models.Count(panel.Contains)))
                .Where(f => f.Known >= LearnedWeights.LeastKnownShare * panel.Count)
                .OrderByDescending(f => f.Known).ThenBy(f => f.Fit.Models.Count)
                .Select(f => f.Fit).FirstOrDefault();
    }
}
