using Consensus.ApiService.Evidence;
using Consensus.ApiService.Runs;
using Consensus.Contracts.Evidence;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Provenance;

/// <summary>A run with the evidence that it was answered from.</summary>
/// <param name="Run">The run as it is stored.</param>
/// <param name="Evidence">Its evidence record; <c>null</c> without any.</param>
/// <param name="Provenance">Where its answer came from.</param>
internal sealed record TracedRun(ConsensusResponse Run, EvidenceRecord? Evidence, RunProvenance Provenance);

/// <summary>Reads where the answer of a stored run came from.</summary>
internal sealed class ProvenanceReading(RunLog log, EvidenceRecords records)
{
    /// <summary>Where the answer of a run came from; <c>null</c> without such a run, or where it belongs to another key.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">The key whose runs are seen; <c>null</c>: all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RunLogUnavailableException">The run log cannot be read.</exception>
    /// <exception cref="Storage.Evidence.EvidenceUnavailableException">The evidence store cannot be read.</exception>
    public async Task<TracedRun?> FindAsync(Guid runId, string? owner, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(runId, owner, cancellationToken) is not { } run)
        {
            return null;
        }

        var evidence = run.Kind == RunKind.Evidence ? await records.FindOfRunAsync(runId, cancellationToken) : null;
        var (attribution, reason) = Attributing.Of(run, evidence);
        return new TracedRun(run, evidence, new RunProvenance
        {
            RunId = run.RunId,
            Kind = run.Kind,
            Status = run.Status,
            Outcome = run.Outcome,
            Strategy = run.Strategy,
            CreatedAt = run.CreatedAt,
            StartedAt = run.StartedAt,
            FinishedAt = run.FinishedAt,
            Lineage = run.Provenance,
            RequestMatches = log.HoldsRequest(run),
            Candidates =
            [
                .. (run.Candidates ?? []).Select(static candidate => new ProvenanceCandidate(
                    candidate.Id, candidate.Model, candidate.Family, candidate.Sample, candidate.Status,
                    candidate.ProviderModel, candidate.Cached, candidate.Cluster)),
            ],
            EvidenceId = evidence?.EvidenceId,
            Attribution = attribution,
            AttributionReason = reason,
            Links = Links(runId, evidence),
        });
    }

    private static Dictionary<string, string> Links(Guid runId, EvidenceRecord? evidence)
    {
        var run = RunLinks.Self(runId);
        var links = new Dictionary<string, string> { ["self"] = $"{run}/provenance", ["run"] = run, ["replay"] = $"{run}/replay" };
        if (evidence is not null)
        {
            links["evidence"] = EvidenceLinks.Of(evidence)[EvidenceLinks.Self];
        }

        return links;
    }
}
