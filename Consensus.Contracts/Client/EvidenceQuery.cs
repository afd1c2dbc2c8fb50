namespace Consensus.Contracts.Client;

/// <summary>Which evidence records to list, newest first: the query of <c>GET /v1/evidence</c>. What is left out does not filter.</summary>
public sealed record EvidenceQuery
{
    /// <summary>Made at or after: <c>from</c>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Made before: <c>to</c>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only the records of this run: <c>runId</c>.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only those that rest on this collection: <c>collection</c>.</summary>
    public Guid? Collection { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>: <c>limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of an earlier page: <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>The query as it stands in the address, with its question mark; empty without filters.</summary>
    internal string ToQueryString() => QueryText.Of(
        ("from", QueryText.Utc(From)), ("to", QueryText.Utc(To)), ("runId", RunId?.ToString("D")), ("collection", Collection?.ToString("D")),
        ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
