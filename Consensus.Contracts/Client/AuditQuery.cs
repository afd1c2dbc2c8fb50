using Consensus.Contracts.Audit;
using Consensus.Contracts.Json;

namespace Consensus.Contracts.Client;

/// <summary>Which entries of the audit trail to list: the query of <c>GET /v1/audit</c>. What is left out does not filter.</summary>
public sealed record AuditQuery
{
    /// <summary>At this time or later: <c>from</c>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time: <c>to</c>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this action: <c>action</c>.</summary>
    public AuditAction? Action { get; init; }

    /// <summary>Only this actor: <c>actor</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>Only what is about this kind: <c>subjectKind</c>.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>Only what is about this id, name or version: <c>subjectId</c>.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Whether the oldest come first: <c>oldestFirst</c>.</summary>
    public bool? OldestFirst { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>: <c>limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of an earlier page: <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>The query as it stands in the address, with its question mark; empty without filters.</summary>
    internal string ToQueryString() => QueryText.Of(
        ("from", QueryText.Utc(From)), ("to", QueryText.Utc(To)), ("action", WireName.Of(Action)), ("actor", Actor), ("subjectKind", SubjectKind),
        ("subjectId", SubjectId), ("oldestFirst", QueryText.Flag(OldestFirst)), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
