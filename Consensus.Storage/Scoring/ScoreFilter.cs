using System.Globalization;
using Consensus.Contracts;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Scoring;

/// <summary>Which scores to list, newest first. What is <c>null</c> does not filter.</summary>
public sealed record ScoreFilter
{
    /// <summary>Only scores of this run.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only scores of this job.</summary>
    public Guid? JobId { get; init; }

    /// <summary>Only candidates of this model.</summary>
    public string? Model { get; init; }

    /// <summary>Only scores by this judge.</summary>
    public string? Judge { get; init; }

    /// <summary>Only scores by this rubric: its name, or <c>name@version</c>.</summary>
    public string? Rubric { get; init; }

    /// <summary>Only this method.</summary>
    public ScoreMethod? Method { get; init; }

    /// <summary>Only values from this on.</summary>
    public double? Min { get; init; }

    /// <summary>Only values up to this.</summary>
    public double? Max { get; init; }

    /// <summary>True: only what could not be scored; false: only what was.</summary>
    public bool? Unscored { get; init; }

    /// <summary>Stored at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Stored before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only scores of this key's runs; <c>null</c>: all.</summary>
    public string? KeyId { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;

    /// <summary>The end of an earlier page.</summary>
    public string? Cursor { get; init; }

    /// <summary>What a cursor holds for.</summary>
    internal IReadOnlyList<string?> Parts =>
    [
        "scores", RunId?.ToString("D"), JobId?.ToString("D"), Model, Judge, Rubric, WireName.Of(Method), Number(Min), Number(Max), Unscored?.ToString(),
        StoredTime.Write(From)?.ToString(CultureInfo.InvariantCulture), StoredTime.Write(To)?.ToString(CultureInfo.InvariantCulture), KeyId,
    ];

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
