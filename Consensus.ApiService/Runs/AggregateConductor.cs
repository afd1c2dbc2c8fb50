using Consensus.ApiService.Fitting;
using Consensus.ApiService.Gates;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Policies;
using Consensus.Contracts.Runs;
using Consensus.Core.Deciding;

namespace Consensus.ApiService.Runs;

/// <summary>Decides on answers that the caller brought, and stores the run like any other.</summary>
internal sealed class AggregateConductor(RunRecorder recorder, FittedHolder fitted, Lineages lineages, PolicyHolder policies, TimeProvider time)
{
    /// <exception cref="Storage.Runs.RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public async Task<ConsensusResponse> ConductAsync(AggregatePlan plan)
    {
        using var active = LiveMetrics.Run();
        using var span = ApiTelemetry.Source.StartActivity(ApiTelemetry.RunSpan);
        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow();
        var candidates = Candidates(plan.Answers);
        var learned = fitted.Current;
        var check = PolicyGate.Admit(plan, policies.Current);
        if (check.IsRefused)
        {
            var refused = Undecided(plan, startedAt) with { Candidates = candidates, Gate = check.Body(GateDecision.Refused), FinishedAt = time.GetUtcNow() };
            return await recorder.RecordAsync(lineages.Trace(refused, plan, learned), plan.Run.KeyId);
        }

        var input = FittedHolder.Teach(plan.Decision, learned, plan.Request.Category, EarlyStop.Off);
        var decision = Decider.Decide(input with { Candidates = [.. candidates.Select(Text)] });
        var version = learned?.VersionFor(candidates.Select(c => c.Model), decision.Kind);
        var run = PolicyGate.Release(DecisionMapping.ToResponse(Undecided(plan, startedAt), candidates, decision, version), check);
        var took = time.GetElapsedTime(started);
        run = run with { FinishedAt = startedAt + took, Timings = new TimingsBody(took.TotalMilliseconds, null, took.TotalMilliseconds) };
        RunSpans.Describe(span, run);
        run = lineages.Trace(run, plan, learned);
        return await recorder.RecordAsync(run, plan.Run.KeyId, plan.Judge?.JobFor(run, time.GetUtcNow()));
    }

    private static ConsensusResponse Undecided(AggregatePlan plan, DateTimeOffset startedAt) => new()
    {
        RunId = plan.Run.RunId,
        RequestId = plan.Run.RequestId,
        Kind = RunKind.Aggregate,
        Status = RunStatus.Completed,
        Strategy = plan.Decision.Strategy,
        Degraded = plan.Answers.Any(a => a.Text is null),
        Request = plan.Request,
        CreatedAt = plan.Run.CreatedAt,
        StartedAt = startedAt,
    };

    /// <summary>The answers as candidates; the n-th answer of one model is its sample n.</summary>
    private static CandidateBody[] Candidates(IReadOnlyList<AggregateAnswer> answers)
    {
        var samples = new Dictionary<string, int>();
        return [.. answers.Select((answer, id) => new CandidateBody
        {
            Id = id,
            Model = answer.Model,
            Family = answer.Family ?? answer.Model,
            Sample = samples[answer.Model] = samples.TryGetValue(answer.Model, out var last) ? last + 1 : 0,
            Status = answer.Text is null ? CandidateStatus.Failed : CandidateStatus.NoAnswer,
            Text = answer.Text,
            Error = answer.Error is { } reason ? new CandidateErrorBody(reason, "Reported by the caller.") : null,
        })];
    }

    private static CandidateText Text(CandidateBody candidate) => new(candidate.Model, candidate.Family ?? candidate.Model, candidate.Text);
}
