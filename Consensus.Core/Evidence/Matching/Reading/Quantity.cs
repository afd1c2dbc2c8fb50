namespace Consensus.Core.Evidence.Matching.Reading;

/// <summary>A number and what it counts.</summary>
/// <param name="Value">Its value, in the dimension's own unit.</param>
/// <param name="Other">The value in the other way to read it; else the same.</param>
/// <param name="Dimension">What it measures; <c>count</c> where no unit is given.</param>
internal sealed record Quantity(double Value, double Other, string Dimension)
{
    private const double Tolerance = 1e-9;

    /// <summary>What rounding may take from a number that is given in another unit.</summary>
    private const double Converted = 0.02;

    /// <summary>The number as written, before its unit.</summary>
    public double Plain { get; init; } = Value;

    /// <summary>What follows it: the keys of at most two words for what is counted.</summary>
    public IReadOnlyList<string> Nouns { get; init; } = [];

    /// <summary>−1 less than, 1 more than, 0 as it is.</summary>
    public int Bound { get; init; }

    private bool IsLoose => Dimension is "count" or "year";

    /// <summary>Whether a statement of this bears one of the other out.</summary>
    public bool BearsOut(Quantity claimed)
    {
        var lacksUnit = (Dimension == "count" || claimed.Dimension == "count") && IsThing(claimed) && IsThing(this);
        if (Dimension != claimed.Dimension && !(IsLoose && claimed.IsLoose) && !lacksUnit)
        {
            return false;
        }

        var isConverted = Dimension == claimed.Dimension && !Same(Value * claimed.Plain, claimed.Value * Plain);
        var isSame = Same(Value, claimed.Value, isConverted ? Converted : Tolerance) || Same(Value, claimed.Other) || Same(Other, claimed.Value)
            || (Dimension != claimed.Dimension && Same(Plain, claimed.Plain));
        return claimed.Bound switch
        {
            0 => isSame,
            _ when Bound == -claimed.Bound => false,
            > 0 => Value > claimed.Value || (isSame && Bound > 0),
            _ => Value < claimed.Value || (isSame && Bound < 0),
        };
    }

    /// <summary>Whether it could stand where the other does, so that only one of the two holds.</summary>
    public bool Rivals(Quantity claimed)
    {
        if (Dimension != claimed.Dimension)
        {
            return Same(Plain, claimed.Plain)
                ? IsThing(this) && IsThing(claimed)
                : (Dimension == "count" && IsThing(claimed)) || (claimed.Dimension == "count" && IsThing(this));
        }

        return Dimension != "count" || Nouns.Count == 0 || claimed.Nouns.Count == 0 || Nouns.Intersect(claimed.Nouns).Any();
    }

    private static bool IsThing(Quantity quantity) => quantity.Dimension is not ("year" or "month" or "day" or "ordinal" or "clock");

    private static bool Same(double left, double right, double tolerance = Tolerance) =>
        Math.Abs(left - right) <= tolerance * Math.Max(Math.Abs(left), Math.Abs(right));
}
