using Consensus.Contracts;
using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Audit;

/// <summary>Which entries to list. What is <c>null</c> does not filter.</summary>
public sealed record AuditFilter
{
    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this action.</summary>
    public AuditAction? Action { get; init; }

    /// <summary>Only this actor.</summary>
    public string? Actor { get; init; }

    /// <summary>Only what is about this kind.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>Only what is about this id, name or version.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Whether the oldest come first.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;

    /// <summary>The end of an earlier page.</summary>
    public string? Cursor { get; init; }

    /// <summary>What a cursor holds for.</summary>
    internal IReadOnlyList<string?> Parts =>
    [
        "audit", StoredTime.Write(From)?.ToString(), StoredTime.Write(To)?.ToString(), WireName.Of(Action), Actor, SubjectKind, SubjectId, OldestFirst ? "oldest" : "newest",
    ];
}
