using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Units: <c>How many minutes are in 3 hours?</c>, <c>Convert 5 km to meters.</c></summary>
internal static partial class Conversions
{
    // Each unit by its dimension and its size in the dimension's smallest unit.
    private static readonly Dictionary<string, (string Dimension, long Size)> Units = new(StringComparer.Ordinal)
    {
        ["second"] = ("time", 1),
        ["minute"] = ("time", 60),
        ["hour"] = ("time", 3600),
        ["day"] = ("time", 86_400),
        ["week"] = ("time", 604_800),
        ["month"] = ("calendar", 1),
        ["year"] = ("calendar", 12),
        ["decade"] = ("calendar", 120),
        ["century"] = ("calendar", 1200),
        ["millimeter"] = ("length", 1),
        ["centimeter"] = ("length", 10),
        ["meter"] = ("length", 1000),
        ["kilometer"] = ("length", 1_000_000),
        ["inch"] = ("imperial length", 1),
        ["foot"] = ("imperial length", 12),
        ["yard"] = ("imperial length", 36),
        ["mile"] = ("imperial length", 63_360),
        ["milligram"] = ("mass", 1),
        ["gram"] = ("mass", 1000),
        ["kilogram"] = ("mass", 1_000_000),
        ["ton"] = ("mass", 1_000_000_000),
        ["ounce"] = ("imperial mass", 1),
        ["pound"] = ("imperial mass", 16),
        ["milliliter"] = ("volume", 1),
        ["liter"] = ("volume", 1000),
        ["cent"] = ("money", 1),
        ["dollar"] = ("money", 100),
        ["dozen"] = ("count", 12),
        ["egg"] = ("count", 1),
        ["item"] = ("count", 1),
        ["bit"] = ("data", 1),
        ["byte"] = ("data", 8),
    };

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["mm"] = "millimeter",
        ["cm"] = "centimeter",
        ["m"] = "meter",
        ["km"] = "kilometer",
        ["g"] = "gram",
        ["kg"] = "kilogram",
        ["mg"] = "milligram",
        ["ml"] = "milliliter",
        ["l"] = "liter",
        ["millimetre"] = "millimeter",
        ["centimetre"] = "centimeter",
        ["metre"] = "meter",
        ["kilometre"] = "kilometer",
        ["litre"] = "liter",
        ["millilitre"] = "milliliter",
        ["kilo"] = "kilogram",
        ["tonne"] = "ton",
        ["oz"] = "ounce",
        ["lb"] = "pound",
        ["h"] = "hour",
        ["min"] = "minute",
        ["s"] = "second",
        ["sec"] = "second",
    };

    public static Solution? Solve(Story story)
    {
        var match = Asked().Match(story.Text) is { Success: true } asked ? asked : Ordered().Match(story.Text);
        if (!match.Success || story.Count != 1
            || UnitOf(match.Groups["from"].Value) is not { } from || UnitOf(match.Groups["to"].Value) is not { } to || from.Dimension != to.Dimension)
        {
            return null;
        }

        var factor = new Rational(from.Size, to.Size);
        return new(story[0] * factor, factor < 1 ? $"{story[0]} / {1 / factor}" : $"{story[0]} * {factor}");
    }

    private static (string Dimension, long Size)? UnitOf(string word)
    {
        var unit = Story.Singular(word);
        return Units.TryGetValue(OtherNames.GetValueOrDefault(unit, OtherNames.GetValueOrDefault(word, unit)), out var known) ? known : null;
    }

    [GeneratedRegex(@"^how many (?<to>[a-z]+) (?:are|is|make up|make|equal|does|do|fit)?\s?(?:there )?(?:in )?\d[\d.]* (?<from>[a-z]+)\s*(?:have|equal|last)?\s*\?*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();

    [GeneratedRegex(@"^(?:please )?(?:convert|what is|express|change) \d[\d.]* (?<from>[a-z]+) (?:to|into|in|as) (?<to>[a-z]+)\s*[.?]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Ordered();
}
