using Consensus.Contracts.Scoring;

namespace Consensus.LanguageModels.Judging.Asking;

/// <summary>What was read of a reply that has the asked form.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
/// <param name="Value">What was read; may be there beside a problem when a part of it can be used. <c>null</c> when nothing can.</param>
/// <param name="Problem">What is wrong in it, in half a sentence that quotes nothing of the reply; it is told to the model. <c>null</c> when nothing is.</param>
/// <param name="Reason">The problem's kind: <see cref="UnscoredReason.Malformed"/> or <see cref="UnscoredReason.OffMenu"/>.</param>
public sealed record Reading<T>(T? Value, string? Problem = null, UnscoredReason Reason = UnscoredReason.Malformed)
    where T : class;
