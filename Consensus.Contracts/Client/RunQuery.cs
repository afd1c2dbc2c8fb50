using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Client;

/// <summary>Which runs to list, newest first: the query of <c>GET /v1/runs</c>. What is left out does not filter.</summary>
public sealed record RunQuery
{
    /// <summary>Created at or after: <c>from</c>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before: <c>to</c>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only this outcome: <c>outcome</c>.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Only this status: <c>status</c>.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only this strategy: <c>strategy</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>Only runs that asked this model: <c>model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Only runs with this tag: <c>tag</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>True: only runs that were judged; false: only those that were not: <c>hasScore</c>.</summary>
    public bool? HasScore { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>: <c>limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The <see cref="Page{T}.Next"/> of an earlier page: <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>The query as it stands in the address, with its question mark; empty without filters.</summary>
    internal string ToQueryString() => QueryText.Of(
        ("from", QueryText.Utc(From)), ("to", QueryText.Utc(To)), ("outcome", WireName.Of(Outcome)), ("status", WireName.Of(Status)), ("strategy", Strategy),
        ("model", Model), ("tag", Tag), ("hasScore", QueryText.Flag(HasScore)), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
