using System.ComponentModel.DataAnnotations;

namespace Consensus.ApiService.Scoring.Configuration;

/// <summary>The section <c>Scoring</c>: the file of a scoring configuration.</summary>
internal sealed class ScoringFileOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Scoring";

    /// <summary>The file, absolute or from the content root; none by default. An edit of it counts as a PUT.</summary>
    public string? File { get; set; }

    /// <summary>How often it is looked at, 50 ms to a day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Scoring:FileEvery must be from 00:00:00.05 to 1.00:00:00.")]
    public TimeSpan FileEvery { get; set; } = TimeSpan.FromSeconds(1);
}
