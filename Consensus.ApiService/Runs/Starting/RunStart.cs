using Consensus.ApiService.Errors;
using Consensus.ApiService.Runs.Live;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>What came of asking for a run: exactly one of the first four is set.</summary>
/// <param name="Live">The run that was begun.</param>
/// <param name="Ended">The run that has ended.</param>
/// <param name="Going">The run that the same request has begun before, and that is still going.</param>
/// <param name="Refused">Why no run was begun.</param>
/// <param name="IsReplay">Whether <see cref="Ended"/> is the run of an earlier request with the same key.</param>
internal readonly record struct RunStart(
    LiveRun? Live = null, ConsensusResponse? Ended = null, ConsensusResponse? Going = null, Problem? Refused = null, bool IsReplay = false);
