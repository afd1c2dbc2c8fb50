namespace Consensus.Contracts.Client;

/// <summary>Which published results to list, newest first: the query of <c>GET /v1/benchmarks</c>. What is left out does not filter.</summary>
public sealed record BenchmarkQuery
{
    /// <summary>Published at or after: <c>from</c>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Published before: <c>to</c>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this suite: <c>suite</c>.</summary>
    public string? Suite { get; init; }

    /// <summary>Only this strategy: <c>strategy</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>: <c>limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of an earlier page: <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>The query as it stands in the address, with its question mark; empty without filters.</summary>
    internal string ToQueryString() => QueryText.Of(
        ("from", QueryText.Utc(From)), ("to", QueryText.Utc(To)), ("suite", Suite), ("strategy", Strategy), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
