using Consensus.Contracts.Runs;
using Consensus.Core.Claims;
using Consensus.Core.Evidence.Matching;

namespace Consensus.ApiService.Evidence;

/// <summary>An answer whose claims were matched with passages by their words.</summary>
/// <param name="Text">The text, without marks.</param>
/// <param name="Claims">Its claims, in their order.</param>
internal sealed record MatchedAnswer(string Text, IReadOnlyList<MatchedClaim> Claims);

/// <summary>A claim and what is known of it.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Marks">The numbers that its author cites.</param>
/// <param name="Lexical">What the passages say of it by their words; <c>null</c> unless it can be checked.</param>
internal sealed record MatchedClaim(Claim Claim, IReadOnlyList<int> Marks, ClaimEvidence? Lexical)
{
    /// <summary>What a judge says of it; <c>null</c> where none was asked, or it gave nothing usable.</summary>
    public JudgeOpinion? Judged { get; init; }

    /// <summary>What is said of it in the end: the judge's label where there is one, held against the objections of the words.</summary>
    public EvidenceLabel? Label => Lexical is null ? null : Judged is null ? Lexical.Label : EvidenceMatcher.Overrule(Lexical, Judged.Label);
}

/// <summary>What a judge says of a claim.</summary>
/// <param name="Label">The label.</param>
/// <param name="Rationale">Why.</param>
/// <param name="Passages">The places, from 0, of the passages that the label rests on.</param>
internal sealed record JudgeOpinion(EvidenceLabel Label, string? Rationale, IReadOnlyList<int> Passages);

/// <summary>An answer that a judge was asked about.</summary>
/// <param name="Answer">The answer, with what the judge says of its claims.</param>
/// <param name="Failures">The claims that it gave no usable label for.</param>
/// <param name="Usage">Tokens and cost; <c>null</c> where nobody was asked.</param>
internal sealed record JudgedAnswer(MatchedAnswer Answer, int Failures, UsageBody? Usage);
