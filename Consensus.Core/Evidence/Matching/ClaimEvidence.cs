using Consensus.Core.Claims;

namespace Consensus.Core.Evidence.Matching;

/// <summary>What passages say of a claim, and where.</summary>
/// <param name="Label">What they say.</param>
/// <param name="Objection">What the best place says against the claim. Of a claim that is not contradicted: a doubt that no judge may overrule.</param>
/// <param name="Coverage">How much of the claim the best place has, 0 to 1.</param>
/// <param name="Places">The best first: the sentences that support or contradict, or that raise the doubt.</param>
public sealed record ClaimEvidence(EvidenceLabel Label, ClaimObjection Objection, double Coverage, IReadOnlyList<PassageEvidence> Places);

/// <summary>What one place in a passage says of a claim.</summary>
/// <param name="Passage">The passage's place in the list, from 0.</param>
/// <param name="Label">What this place alone says.</param>
/// <param name="Objection">What it says against the claim.</param>
/// <param name="Coverage">How much of the claim it has, 0 to 1.</param>
/// <param name="Start">The first character of the sentence in the passage, or of the first of two.</param>
/// <param name="End">The character after the last one.</param>
public sealed record PassageEvidence(int Passage, EvidenceLabel Label, ClaimObjection Objection, double Coverage, int Start, int End);
