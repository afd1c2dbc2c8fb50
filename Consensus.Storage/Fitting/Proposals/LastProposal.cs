using Consensus.Contracts.Fitting;

namespace Consensus.Storage.Fitting.Proposals;

/// <summary>The newest proposal.</summary>
/// <param name="Proposal">The proposal, without its document.</param>
/// <param name="LabelSeq">The newest label that it knew; see <see cref="Labels.LabelledRuns.LabelSeq"/>.</param>
public sealed record LastProposal(CalibrationProposal Proposal, long LabelSeq);
