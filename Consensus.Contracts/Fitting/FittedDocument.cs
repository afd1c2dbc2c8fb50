namespace Consensus.Contracts.Fitting;

/// <summary>
/// Everything that labelled questions taught: reliabilities, learned votes and calibration maps, of every panel at once. It is replaced whole.
/// </summary>
public sealed record FittedDocument
{
    /// <summary>The version of this shape; others are refused.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary><see cref="CurrentSchemaVersion"/>.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the document's canonical JSON without this member.</summary>
    public required string Version { get; init; }

    /// <summary>When it was fitted, in UTC.</summary>
    public required DateTimeOffset FittedAt { get; init; }

    /// <summary>What was learned, once per panel and kind of answer.</summary>
    public required IReadOnlyList<FittedPanelBody> Panels { get; init; }
}
