using Consensus.Contracts.Scoring;
using Consensus.Core.Evidence.Matching;
using Consensus.LanguageModels.Calling;

namespace Consensus.LanguageModels.Judging.Entailment;

/// <summary>What a judge said of claims.</summary>
/// <param name="Claims">One entry a claim, in their order.</param>
/// <param name="Calls">The calls that were made, failed ones included.</param>
public sealed record EntailmentReply(IReadOnlyList<JudgedClaim> Claims, IReadOnlyList<ModelReply> Calls);

/// <summary>What a judge said of one claim.</summary>
/// <param name="Label">The label; <c>null</c> where none could be had, which is neither supported nor not enough.</param>
/// <param name="Passages">The numbers, from 1, of the passages that support or contradict it, ascending; empty with not enough and without a label.</param>
/// <param name="Rationale">The judge's reason; <c>null</c> without a label.</param>
/// <param name="Unscored">Why there is no label; <c>null</c> when there is one.</param>
/// <param name="Message">The same in a sentence, free of content.</param>
public sealed record JudgedClaim(EvidenceLabel? Label, IReadOnlyList<int> Passages, string? Rationale, UnscoredReason? Unscored = null, string? Message = null);
