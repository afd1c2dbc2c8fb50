using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;

namespace Consensus.Contracts.Client;

/// <summary>Which judge jobs to list, newest first: the query of <c>GET /v1/scoring/jobs</c>. What is left out does not filter.</summary>
public sealed record JudgeJobQuery
{
    /// <summary>Only this state: <c>state</c>.</summary>
    public JudgeJobState? State { get; init; }

    /// <summary>Only jobs of this run: <c>run</c>.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>: <c>limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of an earlier page: <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>The query as it stands in the address, with its question mark; empty without filters.</summary>
    internal string ToQueryString() => QueryText.Of(
        ("state", WireName.Of(State)), ("run", RunId?.ToString("D")), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
