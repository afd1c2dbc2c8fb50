using Consensus.Contracts.Runs;

namespace Consensus.Cli.Benchmarks.Live;

/// <summary>What became of one question.</summary>
/// <param name="Run">The decided run; <c>null</c> when it failed.</param>
/// <param name="Milliseconds">From the request to the whole response.</param>
/// <param name="Error">The code of the failure; <c>null</c> when decided.</param>
/// <param name="Reason">The failure in words, where the API or the client has any.</param>
internal sealed record LiveReply(ConsensusResponse? Run, double Milliseconds, string? Error = null, string? Reason = null);
