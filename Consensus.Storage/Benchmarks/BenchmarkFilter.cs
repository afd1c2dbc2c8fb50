using Consensus.Contracts;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Benchmarks;

/// <summary>Which published results to list, newest first. What is <c>null</c> does not filter.</summary>
public sealed record BenchmarkFilter
{
    /// <summary>Published at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Published before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this suite.</summary>
    public string? Suite { get; init; }

    /// <summary>Only this strategy.</summary>
    public string? Strategy { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;

    /// <summary>The end of an earlier page.</summary>
    public string? Cursor { get; init; }

    /// <summary>What a cursor holds for.</summary>
    internal IReadOnlyList<string?> Parts => [StoredTime.Write(From)?.ToString(), StoredTime.Write(To)?.ToString(), Suite, Strategy];
}
