using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Retention;

/// <summary>How long things are kept, and purging now. For administrators: the counts are over the runs of every key.</summary>
internal static class RetentionApi
{
    private const string DryRun = "dryRun";
    private const int LastPurges = 20;

    public static IEndpointRouteBuilder MapRetention(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1().WithTags("Retention").RequireAuthorization(Scopes.Admin).AddEndpointFilter(RunsApi.RequireRunLogAsync);

        routes.MapGet("/retention", FindAsync)
            .WithName("getRetention").WithSummary("How long things are kept, what is due now, what is held, and the last purges")
            .WithDescription("Counts over the runs of every key what the retention policy says of them now. Nothing is changed.")
            .Answers<RetentionStatus>(200, "The policy and what is due by it.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.NotAcceptable]);

        routes.MapPost("/retention/purge", PurgeAsync)
            .WithName("purge").WithSummary("Erase what is due now, or only count it")
            .WithDescription(
                "With `dryRun=false` erases for ever what the retention policy says is due, of every key, in batches, and adds a row to the list of "
                + "purges. With `dryRun=true` counts what would be erased. What a tag holds stays. Asked again, there is nothing more to erase.")
            .Takes(Parameters.Flag(DryRun, "Whether to count only.", isRequired: true))
            .Answers<PurgeReceipt>(200, "What was erased, or would be.")
            .Refuses([.. Refusals.OfStore, ErrorCatalog.ValidationFailed, ErrorCatalog.PurgeInProgress, ErrorCatalog.NotAcceptable]);
        return app;
    }

    private static async Task<IResult> FindAsync(
        HttpContext http, RunLog log, RetentionPurger purger, RetentionSchedule schedule, RetentionSettings settings)
    {
        var survey = await purger.SurveyAsync(http.RequestAborted);
        return TypedResults.Json(
            new RetentionStatus(
                RetentionPolicies.VersionOf(settings.Policy), settings.Policy, settings.Enabled, schedule.Next, survey.Tables, survey.HeldRuns, log.MeasureBytes(),
                survey.FreeBytes, survey.GivesSpaceBack, await log.ListPurgesAsync(LastPurges, http.RequestAborted)),
            WireJson.Default.RetentionStatus);
    }

    private static async Task<IResult> PurgeAsync(HttpContext http, RetentionPurger purger)
    {
        if (!Accepts.Json(http.Request))
        {
            return new Problem(ErrorCatalog.NotAcceptable);
        }

        var violations = new Violations();
        QueryReader.CheckNames(http.Request.Query, [DryRun], violations);
        var dryRun = QueryReader.Flag(http.Request.Query, DryRun, violations);
        if (!http.Request.Query.ContainsKey(DryRun))
        {
            violations.Add(DryRun, FieldCodes.Required, "Say whether rows are to be erased.", Allowed.Names(["true", "false"]));
        }

        if (!violations.None)
        {
            return Problem.Of(violations);
        }

        using var turn = purger.TryBegin();
        return turn is null
            ? new Problem(ErrorCatalog.PurgeInProgress)
            : TypedResults.Json(
                await purger.PurgeAsync(turn, PurgeSource.Api, Caller.Of(http).KeyId, dryRun!.Value, http.RequestAborted), WireJson.Default.PurgeReceipt);
    }
}
