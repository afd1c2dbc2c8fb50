using System.Text.Json;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Steps;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Catalog;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Runs;

/// <summary>
/// The way of a question that came in by another protocol: the same rules as for <c>POST /v1/consensus</c>, and the same door. The one place that protocols begin runs from.
/// </summary>
internal sealed class PanelQuestions(
    RunStarter starter, ModelCatalog catalog, ScoringConfigs scoring, StepSettings steps, ParentRuns parents, IOptions<RunLogOptions> log, TimeProvider time)
{
    /// <param name="body">A request in this system's own words.</param>
    /// <param name="http">Who asks.</param>
    /// <param name="violations">Receives what is wrong with it.</param>
    /// <returns>The request, or <c>null</c> when the violations say why not.</returns>
    /// <exception cref="RunLogUnavailableException">The run that it says it follows from cannot be looked for.</exception>
    public async Task<ReadRequest<RunPlan>?> ReadAsync(JsonElement body, HttpContext http, Violations violations)
    {
        await parents.CheckAsync(body, Caller.Of(http), violations, http.RequestAborted);
        var now = time.GetUtcNow();
        var run = new RunIdentity(Guid.CreateVersion7(now), http.TraceIdentifier, Caller.Of(http).KeyId, now);
        return ConsensusRequestReader.Read(body, run, catalog, violations, scoring.Current(), steps);
    }

    /// <summary>Why a valid request cannot be served here; <c>null</c> when it can.</summary>
    public Problem? Refuse(RunPlan plan) => JudgeWishReader.Refuse(plan.Judge, log.Value);

    /// <summary>The same, of one whose run may outlive it.</summary>
    public Problem? Refuse(RunPlan plan, RunWish wish) => Refuse(plan) ?? wish.Refuse(log.Value);

    /// <summary>Begins a run that answers its caller alone, and waits for its end. A caller who goes away cancels it.</summary>
    /// <returns>The run once it has ended, or the problem that is in its way.</returns>
    /// <exception cref="RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public Task<RunStart> ConductAsync(RunPlan plan, IRunWatcher? watch, string instance, CancellationToken callerGone) =>
        starter.ConductAsync(plan, watch, instance, callerGone);

    /// <summary>Begins a run that answers its caller, or finds the one that the same request with the same <c>Idempotency-Key</c> has begun before.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="wish">The key, where there is one; everything else in it is for other routes.</param>
    /// <param name="http">The request. A caller who goes away cancels the run, unless it has such a key.</param>
    /// <param name="body">The request's body.</param>
    /// <returns>The run once it has ended, or the problem that is in its way.</returns>
    /// <exception cref="RunLogUnavailableException">The run could not be stored and the log is required.</exception>
    public async Task<RunStart> ConductAsync(RunPlan plan, RunWish wish, HttpContext http, JsonElement body)
    {
        var (instance, gone) = (http.Request.Path.Value ?? "", http.RequestAborted);
        if (wish.ClaimOf(http, body) is not { } claim)
        {
            return await ConductAsync(plan, null, instance, gone);
        }

        var start = await starter.StartAsync(plan, new RunManner(false, true, IncludedParts.Candidates, instance, gone), claim);
        return start switch
        {
            { Live: { } live } => new RunStart(Ended: await live.Ended.WaitAsync(gone)),
            { Going: { } going } => new RunStart(Refused: RunClaims.InFlight(going.RunId)),
            _ => start,
        };
    }
}
