using Consensus.Contracts;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;

namespace Consensus.Storage.Scoring;

/// <summary>Which judge jobs to list, newest first. What is <c>null</c> does not filter.</summary>
public sealed record JudgeJobFilter
{
    /// <summary>Only this state.</summary>
    public JudgeJobState? State { get; init; }

    /// <summary>Only jobs of this run.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only jobs of this key's runs; <c>null</c>: all.</summary>
    public string? KeyId { get; init; }

    /// <summary>Rows of the page, 1 to <see cref="Limits.MaxPageSize"/>.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;

    /// <summary>The end of an earlier page.</summary>
    public string? Cursor { get; init; }

    /// <summary>What a cursor holds for.</summary>
    internal IReadOnlyList<string?> Parts => ["judge jobs", WireName.Of(State), RunId?.ToString("D"), KeyId];
}
