using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Area, perimeter and volume of rectangles, squares, triangles and boxes.</summary>
internal static partial class Rectangles
{
    public static Solution? Solve(Story story)
    {
        var (area, perimeter) = (story.Has(Area()), story.Has(Perimeter()));
        if (area == perimeter)
        {
            return story.Count == 3 && story.Has(Volume()) && story.Has(Box()) ? new(story[0] * story[1] * story[2], $"{story[0]} * {story[1]} * {story[2]}") : null;
        }

        return (story.Count, area) switch
        {
            (1, true) when story.Has(Square()) && story.Has(Side()) => new(story[0] * story[0], $"{story[0]} * {story[0]}"),
            (1, false) when story.Has(Square()) && story.Has(Side()) => new(story[0] * 4, $"4 * {story[0]}"),
            (2, true) when story.Has(Triangle()) && story.Has(BaseAndHeight()) => new(story[0] * story[1] / 2, $"{story[0]} * {story[1]} / 2"),
            (2, true) when story.Has(Rectangle()) && !story.Has(Triangle()) && story.Has(Sides()) => new(story[0] * story[1], $"{story[0]} * {story[1]}"),
            (2, false) when story.Has(Rectangle()) && !story.Has(Triangle()) && story.Has(Sides()) => new((story[0] + story[1]) * 2, $"2 * ({story[0]} + {story[1]})"),
            (3, false) when story.Has(Triangle()) => new(story[0] + story[1] + story[2], $"{story[0]} + {story[1]} + {story[2]}"),
            _ => null,
        };
    }

    [GeneratedRegex(@"\b(?:what is|what's|find|calculate|how (?:big|large) is)\b[^.]*\barea\b", RegexOptions.CultureInvariant)]
    private static partial Regex Area();

    [GeneratedRegex(@"\b(?:perimeter|all the way around|to fence)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Perimeter();

    [GeneratedRegex(@"\bsides?\b|\b(?:long|wide)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Side();

    [GeneratedRegex(@"\blong\b.*\bwide\b|\bwide\b.*\blong\b|\blength\b.*\bwidth\b|\bwidth\b.*\blength\b|\bsides\b|\d (?:[a-z]+ )?(?:by|x|×) \d", RegexOptions.CultureInvariant)]
    private static partial Regex Sides();

    [GeneratedRegex(@"\bbase\b.*\bheight\b|\bheight\b.*\bbase\b", RegexOptions.CultureInvariant)]
    private static partial Regex BaseAndHeight();

    [GeneratedRegex(@"\b(?:box|cuboid|prism|tank|pool|room|aquarium|brick|container)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Box();

    [GeneratedRegex(@"\bvolume\b", RegexOptions.CultureInvariant)]
    private static partial Regex Volume();

    [GeneratedRegex(@"\bsquares?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Square();

    [GeneratedRegex(@"\btriang", RegexOptions.CultureInvariant)]
    private static partial Regex Triangle();

    [GeneratedRegex(@"\brectang|\b(?:room|garden|field|floor|wall|carpet|park|yard|pool|plot|poster|sheet|table|lawn)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Rectangle();
}
