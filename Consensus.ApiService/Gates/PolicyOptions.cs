using System.ComponentModel.DataAnnotations;

namespace Consensus.ApiService.Gates;

/// <summary>The section <c>Policy</c>: the file of a policy.</summary>
internal sealed class PolicyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Policy";

    /// <summary>The file, absolute or from the content root; none by default. An edit of it counts as a PUT.</summary>
    public string? File { get; set; }

    /// <summary>How often it is looked at, 50 ms to a day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = "Policy:FileEvery must be from 00:00:00.05 to 1.00:00:00.")]
    public TimeSpan FileEvery { get; set; } = TimeSpan.FromSeconds(1);
}
