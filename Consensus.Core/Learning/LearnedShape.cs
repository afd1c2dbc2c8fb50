namespace Consensus.Core.Learning;

/// <summary>Which groups of coefficients a learned vote has besides a weight per model and the outside option.</summary>
/// <param name="Categories">Deviations by category, of every weight and of the outside option.</param>
/// <param name="Lengths">Deviations by the quartile of a text's length among its model's texts: a model that writes more than it usually does is less often right.</param>
public readonly record struct LearnedShape(bool Categories, bool Lengths)
{
    /// <summary>One weight per model and nothing more.</summary>
    public static LearnedShape Plain { get; } = new(Categories: false, Lengths: false);
}
