using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;

namespace Consensus.Contracts.Client;

/// <summary>Which scores to list, newest first: the query of <c>GET /v1/scores</c>. What is left out does not filter.</summary>
public sealed record ScoreQuery
{
    /// <summary>Only scores of this run: <c>run</c>.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only scores of this job: <c>job</c>.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Only candidates of this model: <c>model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Only scores by this judge: <c>judge</c>.</summary>
    public string? Judge { get; init; }

    /// <summary>Only scores by this rubric, as <c>name</c> or <c>name@version</c>: <c>rubric</c>.</summary>
    public string? Rubric { get; init; }

    /// <summary>Only this method: <c>method</c>.</summary>
    public ScoreMethod? Method { get; init; }

    /// <summary>Only values from this on, 0 to 1: <c>min</c>.</summary>
    public double? Min { get; init; }

    /// <summary>Only values up to this, 0 to 1: <c>max</c>.</summary>
    public double? Max { get; init; }

    /// <summary>True: only what could not be scored; false: only what was: <c>unscored</c>.</summary>
    public bool? Unscored { get; init; }

    /// <summary>Stored at or after: <c>from</c>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Stored before: <c>to</c>.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>: <c>limit</c>.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of an earlier page: <c>cursor</c>.</summary>
    public string? Cursor { get; init; }

    /// <summary>The query as it stands in the address, with its question mark; empty without filters.</summary>
    internal string ToQueryString() => QueryText.Of(
        ("run", RunId?.ToString("D")), ("job", JobId?.ToString("D")), ("model", Model), ("judge", Judge), ("rubric", Rubric), ("method", WireName.Of(Method)),
        ("min", QueryText.Number(Min)), ("max", QueryText.Number(Max)), ("unscored", QueryText.Flag(Unscored)),
        ("from", QueryText.Utc(From)), ("to", QueryText.Utc(To)), ("limit", QueryText.Number(Limit)), ("cursor", Cursor));
}
