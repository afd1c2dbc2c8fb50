using System.ComponentModel.DataAnnotations;

namespace Consensus.ApiService.Keys;

/// <summary>The part of the section <c>Auth</c> that concerns stored keys.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Auth";

    /// <summary>How often the stored keys are read again, so that one that was made or revoked by another process counts; 100 ms to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan KeyRefresh { get; set; } = TimeSpan.FromSeconds(2);
}
