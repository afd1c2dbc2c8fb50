namespace Consensus.Contracts.Runs;

/// <summary>Whether the verdict survives the loss of a model (jackknife), and another draw of the panel (bootstrap). See <c>docs/stability.md</c>.</summary>
public sealed record StabilityBody
{
    /// <summary>The share of leave-one-model-out panels that keep the verdict; <c>null</c> when insufficient.</summary>
    public double? Score { get; init; }

    /// <summary>The level in one word.</summary>
    public required StabilityLevel Level { get; init; }

    /// <summary>The models whose absence alone would change the verdict.</summary>
    public IReadOnlyList<string> FlipSet { get; init; } = [];

    /// <summary>The same, leaving out whole families.</summary>
    public FamilyStabilityBody? ByFamily { get; init; }

    /// <summary>
    /// The probability that a panel drawn from this one, with replacement and of the same size, comes to another winner or to none (without a winner here: that it
    /// comes to one); <c>null</c> when insufficient.
    /// </summary>
    public double? FlipProbability { get; init; }

    /// <summary>The 95 % interval of the simulation error of <see cref="FlipProbability"/>; <c>null</c> where it is exact.</summary>
    public IntervalBody? Interval { get; init; }

    /// <summary>How many panels were drawn; <c>null</c> where all were enumerated.</summary>
    public int? Replicates { get; init; }

    /// <summary>The standard deviation of <c>agreement</c> over such panels.</summary>
    public double? AgreementDeviation { get; init; }

    /// <summary>The standard deviation of <c>entropy</c> over such panels.</summary>
    public double? EntropyDeviation { get; init; }

    /// <summary>How far each model that was asked more than once agrees with itself; <c>null</c> when none was.</summary>
    public IReadOnlyList<RepeatabilityBody>? Repeatability { get; init; }
}

/// <summary>Leave-one-family-out stability.</summary>
/// <param name="Score">The share of leave-one-family-out panels that keep the verdict; <c>null</c> when insufficient.</param>
/// <param name="FlipSet">The families whose absence alone would change the verdict.</param>
public sealed record FamilyStabilityBody(double? Score, IReadOnlyList<string> FlipSet);

/// <summary>How far a model agrees with itself within the run.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Samples">How many of its samples have a vote.</param>
/// <param name="Score">The share of the pairs of those samples that say the same, 0 to 1; <c>null</c> with fewer than two.</param>
public sealed record RepeatabilityBody(string Model, int Samples, double? Score);

/// <summary>An interval, ends included.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record IntervalBody(double Low, double High);
