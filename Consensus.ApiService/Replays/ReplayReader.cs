using System.Text.Json;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Steps;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Provenance;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Replays;

/// <summary>Reads the body of <c>POST /v1/runs/{id}/replay</c>.</summary>
internal static class ReplayReader
{
    private static readonly string[] Members = ["strategy", "quorum"];

    /// <summary>What stands in the body by itself, before it is known which run it is about.</summary>
    /// <returns>The request, or <c>null</c> when the violations say why not.</returns>
    public static ReplayRequest? Read(JsonElement body, Violations violations)
    {
        if (ObjectReader.Open(body, "", violations, Members) is not { } request)
        {
            return null;
        }

        var strategy = request.Text("strategy", TextRules.Any);
        if (strategy is not null && DecisionPolicies.Find(strategy) is null && StepStrategies.Find(strategy) is null)
        {
            violations.Add(
                "strategy", FieldCodes.UnknownStrategy, $"There is no strategy {Shown.Text(strategy)}.",
                Allowed.Names(DecisionPolicies.All.Select(static policy => policy.Name)));
        }

        var quorum = request.Number("quorum", static q => q is >= 0 and < 1, "at least 0, less than 1");
        return violations.None ? new ReplayRequest { Strategy = strategy, Quorum = quorum } : null;
    }

    /// <summary>What does not go together with the run.</summary>
    public static void Check(ReplayRequest asked, ConsensusResponse run, Violations violations)
    {
        var strategy = asked.Strategy ?? run.Strategy;
        if (strategy != run.Strategy && StepStrategies.Find(strategy) is not null)
        {
            violations.Add(
                "strategy", FieldCodes.Contradiction, $"The strategy {strategy} asks models, and a replay asks none.",
                Allowed.Names(DecisionPolicies.All.Select(static policy => policy.Name)));
        }

        var models = (run.Candidates ?? []).Select(static candidate => candidate.Model).Distinct(StringComparer.Ordinal).Count();
        if (strategy == Strategies.SelfConsistency && (models > 1 || (run.Candidates ?? []).Count < 2))
        {
            violations.Add(
                "strategy", FieldCodes.Contradiction,
                $"The strategy {Strategies.SelfConsistency} decides on several answers of one model; the run has answers of {models}.");
        }

        if (asked.Quorum is null)
        {
            return;
        }

        if (StepStrategies.Find(strategy) is not null)
        {
            violations.Add(
                "quorum", FieldCodes.Contradiction,
                $"What {strategy} asked models hung on its quorum, and a replay asks none: give a `strategy` that only votes with it.");
        }
        else if (DecisionPolicies.Find(strategy) is { UsesQuorum: false })
        {
            violations.Add("quorum", FieldCodes.Contradiction, $"The strategy {strategy} has a quorum of its own; leave `quorum` out.");
        }
    }
}
