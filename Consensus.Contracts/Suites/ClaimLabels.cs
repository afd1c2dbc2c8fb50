namespace Consensus.Contracts.Suites;

/// <summary>The labels that claims have in suites.</summary>
public static class ClaimLabels
{
    /// <summary>Borne out by the reference.</summary>
    public const string Supported = "supported";

    /// <summary>The reference says otherwise.</summary>
    public const string Contradicted = "contradicted";

    /// <summary>The reference does not say.</summary>
    public const string NotEnough = "not_enough";

    /// <summary>Contradicted or not said, where the two were not told apart.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Supported, Contradicted, NotEnough, Unsupported];
}
