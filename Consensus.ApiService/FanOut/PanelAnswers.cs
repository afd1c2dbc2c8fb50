using Consensus.LanguageModels.Calling;

namespace Consensus.ApiService.FanOut;

/// <summary>Why a fan-out ended.</summary>
internal enum FanOutEnd
{
    /// <summary>Every call ended by itself.</summary>
    Complete,

    /// <summary>The answers so far were enough.</summary>
    Enough,

    /// <summary>The deadline passed: that of the run, or the part of it that the panel had.</summary>
    Deadline,

    /// <summary>The caller went away.</summary>
    CallerGone,
}

/// <summary>A call that has ended, and what stopped it if it did not end by itself.</summary>
/// <param name="Call">The call.</param>
/// <param name="Reply">A text or a failure; a call that was stopped is always a failure.</param>
/// <param name="StoppedBy">What stopped it; <c>null</c> when it ended by itself.</param>
internal sealed record FinishedCall(PanelCall Call, ModelReply Reply, FanOutEnd? StoppedBy);

/// <summary>What a panel gave back: every call that was asked, each in exactly one state.</summary>
internal sealed record PanelAnswers
{
    /// <summary>The calls in the order asked.</summary>
    public required IReadOnlyList<FinishedCall> Calls { get; init; }

    /// <summary>Why the fan-out ended.</summary>
    public required FanOutEnd End { get; init; }

    /// <summary>How many calls the whole panel would have had.</summary>
    public required int PanelSize { get; init; }

    /// <summary>The time that had to be spent on models: per wave, its slowest needed call.</summary>
    public required TimeSpan Needed { get; init; }
}
