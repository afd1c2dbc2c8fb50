using Consensus.Contracts;

namespace Consensus.Storage.Evidence;

/// <summary>Which evidence records to list, newest first.</summary>
public sealed record EvidenceFilter
{
    /// <summary>Only records made at or after this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only records made before this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only records of this run.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only records made from this collection.</summary>
    public Guid? Collection { get; init; }

    /// <summary>Only records of this key; <c>null</c> for all.</summary>
    public string? KeyId { get; init; }

    /// <summary>The records of a page.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;

    /// <summary>Where the page goes on.</summary>
    public string? Cursor { get; init; }
}
