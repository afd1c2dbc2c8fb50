namespace Consensus.Contracts.Runs;

/// <summary>What somebody knows of a run afterwards: exactly one of the two.</summary>
public sealed record LabelRequest
{
    /// <summary>The right answer, read under the kind of the run's answers.</summary>
    public string? Gold { get; init; }

    /// <summary>Whether the run's answer is right.</summary>
    public bool? Right { get; init; }
}

/// <summary>What is known of a run afterwards.</summary>
public sealed record LabelBody
{
    /// <summary>The mark of a run of which no cluster is right.</summary>
    public const int NoneRight = -1;

    /// <summary>Whether the run's answer is right; <c>null</c> when it has none.</summary>
    public required bool? Right { get; init; }

    /// <summary>The id of the cluster that is right, <see cref="NoneRight"/> when none is; <c>null</c> when only the answer is known to be wrong.</summary>
    public required int? RightCluster { get; init; }

    /// <summary>The right answer, as far as the privacy level lets it be stored.</summary>
    public required string? Gold { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset LabelledAt { get; init; }
}
