using Consensus.Contracts.Scoring;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Judging.Panel;

/// <summary>What a panel of judges said of a run.</summary>
/// <param name="Scores">Every score, those that could not be had with their reason, in an order that depends on the run and the configuration alone.</param>
/// <param name="Answers">What was asked, in the same order; recused and unknown judges were not.</param>
public sealed record Judgement(IReadOnlyList<Score> Scores, IReadOnlyList<JudgeAnswer> Answers);

/// <summary>One question to a judge.</summary>
/// <param name="Judge">The judge's model id.</param>
/// <param name="Method">What was asked.</param>
/// <param name="Calls">The calls that it took, one to three.</param>
/// <param name="Unscored">Why it gave nothing, or not all; <c>null</c> when it did.</param>
/// <param name="Message">The same in a sentence.</param>
public sealed record JudgeAnswer(string Judge, ScoreMethod Method, IReadOnlyList<ModelReply> Calls, UnscoredReason? Unscored, string? Message);
