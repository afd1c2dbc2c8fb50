using System.Text.Json;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Steps;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Fitting;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Replays;

/// <summary>
/// Decides a stored run again by the code that decided it, and holds the two against each other. No model is asked: what steps came to then, stands; one
/// that was skipped stays
/// skipped.
/// </summary>
internal sealed class RunReplay(RunLog log, FittedHolder fitted, ModelCatalog catalog, TimeProvider time)
{
    /// <summary>Decides again.</summary>
    /// <param name="run">A run that can be decided again.</param>
    /// <param name="asked">By what, where not as it was.</param>
    /// <returns>The report; <c>null</c> where texts were redacted, so that answers that differed cannot be told apart any more.</returns>
    public ReplayReport? Replay(ConsensusResponse run, ReplayRequest asked)
    {
        var learned = fitted.Current;
        var isWhatIf = (asked.Strategy is { } other && other != run.Strategy) || asked.Quorum is not null;
        var strategy = asked.Strategy ?? run.Strategy;
        var input = StoredDecision.Input(run, catalog, learned);
        input = input with { Strategy = StepStrategies.Find(strategy) is null ? strategy : input.Strategy, Quorum = asked.Quorum ?? input.Quorum };
        if (Decide(run, input, strategy, learned) is not { } decided)
        {
            return null;
        }

        var (was, now) = (VerdictComparison.VerdictOf(run), VerdictComparison.VerdictOf(decided));
        var differences = VerdictComparison.Compare(was, now);
        if (StoredDecision.IsRedacted(run) && !IsPartitionKept(was, now))
        {
            return null;
        }

        return new ReplayReport
        {
            RunId = run.RunId,
            ReplayedAt = time.GetUtcNow(),
            Strategy = strategy,
            Quorum = DecisionPolicies.Find(input.Strategy)!.UsesQuorum ? input.Quorum : null,
            IsWhatIf = isWhatIf,
            IsSame = differences.Count == 0,
            Differences = differences,
            Tolerance = VerdictComparison.Tolerance,
            Versions =
            [
                Version("code", run.Provenance, static lineage => lineage.Versions.Code, Lineages.CodeVersion),
                Version("calibration", run.Provenance, static lineage => lineage.Versions.Calibration, learned?.Version),
            ],
            RequestMatches = log.HoldsRequest(run),
            Was = was,
            Is = now,
        };
    }

    /// <summary>The run as it is decided now; <c>null</c> where the report of a step cannot be read any more.</summary>
    private static ConsensusResponse? Decide(ConsensusResponse run, DecisionInput input, string strategy, FittedState? learned)
    {
        var candidates = (run.Candidates ?? []).Select(static candidate => candidate with { Cluster = null, Weight = null, Answer = null }).ToArray();
        Redone redone;
        if (StepStrategies.Find(strategy) is { } steps)
        {
            try
            {
                redone = steps.Redo(input, StepRun.Vote(input), run.Steps ?? []);
            }
            catch (JsonException)
            {
                return null;
            }
        }
        else
        {
            redone = new Redone(Decider.Decide(input));
        }

        var version = learned?.VersionFor(candidates.Select(static candidate => candidate.Model), redone.Decision.Kind);
        var decided = DecisionMapping.ToResponse(run with { Answer = null }, candidates, redone.Decision, version, redone.FirstAnswers);
        decided = redone.Written is { } written && decided.Answer is not null ? decided with { Answer = DecisionMapping.ToWire(written) } : decided;
        // A policy that kept the answer back is not asked again: what it said is part of the record.
        return run.Gate is { Decision: GateDecision.Withheld } ? decided with { Answer = null } : decided;
    }

    private static bool IsPartitionKept(ReplayVerdict was, ReplayVerdict now) =>
        Partition(was).SetEquals(Partition(now))
        && was.Votes.Count(static vote => vote.Cluster is null) == now.Votes.Count(static vote => vote.Cluster is null);

    private static HashSet<string> Partition(ReplayVerdict verdict) =>
        [.. verdict.Clusters.Select(static cluster => string.Join(',', cluster.Candidates.Order()))];

    private static ReplayVersion Version(string name, RunLineage? lineage, Func<RunLineage, string?> read, string? now)
    {
        var was = lineage is null ? null : read(lineage);
        return new ReplayVersion(name, was, now, lineage is null ? null : was == now);
    }
}
