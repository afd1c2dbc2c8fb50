using Consensus.Contracts.Runs;

namespace Consensus.Contracts.Fitting;

/// <summary>What was fitted to labels from use, and whether it came in force.</summary>
public sealed record CalibrationProposal
{
    /// <summary>Its id, UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was fitted.</summary>
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>The version of the proposed document.</summary>
    public required string Version { get; init; }

    /// <summary>The version that was in force and that it was compared with; <c>null</c> when nothing was.</summary>
    public required string? BasedOn { get; init; }

    /// <summary>Whether it came in force.</summary>
    public required bool Adopted { get; init; }

    /// <summary>Why, or why not, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>SHA-256 of the labelled votes, in hexadecimal.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>The panels that were fitted anew.</summary>
    public required IReadOnlyList<PanelProposal> Panels { get; init; }

    /// <summary>The proposed document; left out of a listing.</summary>
    public FittedDocument? Document { get; init; }
}

/// <summary>What a panel's new fit gains over the one in force; cross-validated.</summary>
public sealed record PanelProposal
{
    /// <summary>The models' ids, in ordinal order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The kind under which the answers were read.</summary>
    public required AnswerKindName Kind { get; init; }

    /// <summary>How many labelled runs it was fitted to.</summary>
    public required int Questions { get; init; }

    /// <summary>Of how many of them only this is known: that the answer was wrong.</summary>
    public required int OnlyWrongKnown { get; init; }

    /// <summary>Whether it may take the place of what is in force.</summary>
    public required bool MayReplace { get; init; }

    /// <summary>Why, or why not, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The gain in the log score of <c>learned</c>, in nats a question, with its 97.5 % interval.</summary>
    public required GainBody VoteGain { get; init; }

    /// <summary>The fall of the squared error of confidence a question, the mean over strategies, with its 97.5 % interval.</summary>
    public required GainBody CalibrationGain { get; init; }
}

/// <summary>What came of fitting labels anew.</summary>
/// <param name="Proposal">What was fitted; <c>null</c> when there was nothing to fit.</param>
/// <param name="Reason">What came of it, in a sentence.</param>
/// <param name="Waiting">The panels that have labels, but too few.</param>
public sealed record RefitReceipt(CalibrationProposal? Proposal, string Reason, IReadOnlyList<WaitingPanel> Waiting);

/// <summary>A panel with too few labelled runs.</summary>
/// <param name="Models">The models' ids, in ordinal order.</param>
/// <param name="Kind">The kind under which the answers were read.</param>
/// <param name="Questions">How many runs are labelled.</param>
/// <param name="Needed">How many it takes.</param>
public sealed record WaitingPanel(IReadOnlyList<string> Models, AnswerKindName Kind, int Questions, int Needed);
