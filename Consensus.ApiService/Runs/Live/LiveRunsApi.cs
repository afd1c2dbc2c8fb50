using System.Globalization;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs.Live.Elsewhere;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Live;

/// <summary>Follows and stops runs that are going.</summary>
internal static class LiveRunsApi
{
    private const string LastEventId = "Last-Event-ID";

    public static IEndpointRouteBuilder MapLiveRuns(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/runs/{id}").WithTags("Runs");

        routes.MapGet("/events", WatchAsync).RequireAuthorization(Scopes.Read)
            .WithName("watchRun").WithSummary("Follow a run, from its beginning or from where one left off")
            .WithDescription(
                "Sends the events of a run as server-sent events, those of `POST /v1/consensus`: while it goes as they happen, once it has ended "
                + "what it came to. Any number of callers may follow. Which runs can be followed while they go: those that are streamed, asynchronous "
                + "or have an `Idempotency-Key`. Answers with `text/event-stream` only.")
            .Takes(Parameters.RunId, Parameters.LastEventId)
            .AnswersAs(200, Accepts.EventStream, WrittenSchemas.RunEvents, "The run's events.", ResponseHeaders.Location)
            .Refuses(ErrorCatalog.ValidationFailed, ErrorCatalog.RunNotFound, ErrorCatalog.NotAcceptable, ErrorCatalog.RunElsewhere);

        routes.MapPost("/cancel", CancelAsync).RequireAuthorization(Scopes.Run)
            .AddEndpointFilter(app.ServiceProvider.GetRequiredService<Drain>())
            .WithName("cancelRun").WithSummary("Stop a run that is going")
            .WithDescription(
                "Stops the run and waits until it has ended. What had finished is kept with the run, whose status is then `cancelled`; a call that "
                + "was begun may still be billed. It takes the run's own key, or `admin`. Asked again, the run has ended: 409 `run_finished`.")
            .Takes(Parameters.RunId)
            .Answers<ConsensusResponse>(200, "The run as it was stopped.")
            .Refuses(ErrorCatalog.RunNotFound, ErrorCatalog.RunFinished, ErrorCatalog.RunElsewhere, ErrorCatalog.Draining);
        return app;
    }

    private static async Task<IResult> WatchAsync(string id, HttpContext http, LiveRuns live, RunLog log, TimeProvider time)
    {
        if (!Accepts.AnyEvents(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable, $"This route answers with {Accepts.EventStream}.");
        }

        var violations = new Violations();
        var (prefix, number) = After(http.Request, violations);
        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        if (!Guid.TryParseExact(id, "D", out var runId))
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        var caller = Caller.Of(http);
        if (live.Find(runId) is { Events: { } events } going && (caller.SeesAll || going.KeyId == caller.KeyId))
        {
            return new RunStream(events, prefix.Length == 0 ? number : 0, RunLinks.Self(runId), time);
        }

        if (!log.IsEnabled || await log.FindAsync(runId, caller.Owner, http.RequestAborted) is not { } run)
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        if (run.Status is RunStatus.Accepted or RunStatus.Running)
        {
            return http.RequestServices.GetService<RunsElsewhere>() is { } elsewhere
                ? new RunStream(elsewhere.Follow(runId, http.RequestAborted), prefix.Length == 0 ? number : 0, RunLinks.Self(runId), time)
                : new Problem(ErrorCatalog.RunElsewhere) { RunId = runId, Location = RunLinks.Self(runId), RetryAfter = TimeSpan.FromSeconds(1) };
        }

        var stored = RunFrames.Of(run);
        // Who has seen a part of it while it went has not seen its end.
        return new RunStream(stored, prefix.Length > 0 || number == 0 ? number : RunFrames.BeforeEnd(stored), RunLinks.Self(runId), time);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext http, LiveRuns live, RunLog log)
    {
        if (!Guid.TryParseExact(id, "D", out var runId))
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        var caller = Caller.Of(http);
        if (live.Find(runId) is not { Ended.IsCompleted: false } run || !(caller.SeesAll || run.KeyId == caller.KeyId))
        {
            return await CancelElsewhereAsync(runId, caller, log, http);
        }

        if (!caller.MayErase(run.KeyId))
        {
            return NotTheirs();
        }

        await run.CancelAsync();
        return Stopped(runId, await run.Ended.WaitAsync(http.RequestAborted));
    }

    private static async Task<IResult> CancelElsewhereAsync(Guid runId, Caller caller, RunLog log, HttpContext http)
    {
        if (!log.IsEnabled || await log.FindAsync(runId, caller.Owner, http.RequestAborted) is not { } run)
        {
            return new Problem(ErrorCatalog.RunNotFound);
        }

        if (run.Status is not (RunStatus.Accepted or RunStatus.Running))
        {
            return Finished(runId);
        }

        if (http.RequestServices.GetService<RunsElsewhere>() is not { } elsewhere)
        {
            return new Problem(ErrorCatalog.RunElsewhere) { RunId = runId, RetryAfter = TimeSpan.FromSeconds(1) };
        }

        if (!caller.MayErase(await log.FindOwnerAsync(runId, http.RequestAborted)))
        {
            return NotTheirs();
        }

        return await elsewhere.CancelAsync(runId, http.RequestAborted) is { } ended
            ? Stopped(runId, ended)
            : new Problem(ErrorCatalog.RunElsewhere) { RunId = runId, RetryAfter = TimeSpan.FromSeconds(1) };
    }

    private static Problem NotTheirs() => new(ErrorCatalog.Forbidden, $"The run belongs to a key: it takes that key, or the scope {Scopes.Admin}, to stop it.");

    private static IResult Stopped(Guid runId, ConsensusResponse ended) => ended.StatusReason == StatusReasons.CancelRequested
        ? TypedResults.Json(RunResult.Sent(ended, IncludedParts.Candidates), WireJson.Default.ConsensusResponse)
        : Finished(runId);

    private static Problem Finished(Guid runId) => new(ErrorCatalog.RunFinished) { RunId = runId, Location = RunLinks.Self(runId) };

    /// <summary>The event after which to go on: its number, and by which telling of the run.</summary>
    private static (string Prefix, int Number) After(HttpRequest request, Violations violations)
    {
        var given = request.Headers[LastEventId].ToString().Trim();
        var prefix = given.StartsWith(RunFrames.StoredPrefix, StringComparison.Ordinal) ? RunFrames.StoredPrefix : "";
        var number = 0;
        if (given.Length == 0 || int.TryParse(given.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return (prefix, number);
        }

        violations.Add(LastEventId, FieldCodes.InvalidValue, $"{Shown.Text(given)} is not the id of an event.", Allowed.Words("the id of an event of this run"));
        return ("", 0);
    }
}
