using Consensus.ApiService.Auth;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Reading;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Versioning;
using Consensus.Contracts.Errors;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Backups;

/// <summary>Backups now, and which there are. For administrators: they hold the runs of every key.</summary>
internal static partial class BackupsApi
{
    private const string Verify = "verify";

    public static IEndpointRouteBuilder MapBackups(this IEndpointRouteBuilder app)
    {
        var routes = app.MapV1("/backups").WithTags("Backups").RequireAuthorization(Scopes.Admin);

        routes.MapGet("", ListAsync)
            .WithName("listBackups").WithSummary("The complete backups, newest first, and when the next is due")
            .WithDescription(
                "Lists the backups in `Backup:Folder`, whoever made them there, with when they were begun, their size and what they hold. `damaged` is one with "
                + "files that are missing or of another length; with `verify=true` every file is read and held against its SHA-256, which takes as long as reading them all.")
            .Takes(Parameters.Flag(Verify, "Whether to read every file."))
            .Answers<BackupList>(200, "The backups.")
            .Refuses(ErrorCatalog.ValidationFailed, ErrorCatalog.BackupsDisabled, ErrorCatalog.BackupByDatabase, ErrorCatalog.NotAcceptable);

        routes.MapPost("", BackUpAsync)
            .WithName("backUp").WithSummary("Back every store up now")
            .WithDescription(
                "Copies the run log with its archive and heads, and the evidence store, while all of them are used, and answers once the copy is complete and on the disk; the oldest "
                + "backups beyond `Backup:Keep` then go. Whoever does not wait finds it in the list. The next by the schedule is due `Backup:Every` after this one. Asked again, it makes another.")
            .Answers<BackupSummary>(201, "The backup.")
            .Refuses(
                ErrorCatalog.ValidationFailed, ErrorCatalog.BackupInProgress, ErrorCatalog.BackupsDisabled, ErrorCatalog.BackupByDatabase, ErrorCatalog.BackupFailed,
                ErrorCatalog.EvidenceUnavailable, ErrorCatalog.Draining, ErrorCatalog.NotAcceptable);
        return app;
    }

    private static IResult ListAsync(HttpContext http, BackupKeeper keeper)
    {
        var violations = new Violations();
        QueryReader.CheckNames(http.Request.Query, [Verify], violations);
        var verify = QueryReader.Flag(http.Request.Query, Verify, violations);
        return violations.None
            ? RefusalOf(http) as IResult ?? TypedResults.Json(keeper.List(verify ?? false, http.RequestAborted), WireJson.Default.BackupList)
            : Problem.Of(violations);
    }

    private static async Task<IResult> BackUpAsync(HttpContext http, BackupKeeper keeper, IHostApplicationLifetime lifetime, ILogger<BackupKeeper> logger)
    {
        var violations = new Violations();
        QueryReader.CheckNames(http.Request.Query, [], violations);
        if ((violations.None ? RefusalOf(http) : Problem.Of(violations)) is { } refusal)
        {
            return refusal;
        }

        using var turn = keeper.TryBegin();
        if (turn is null)
        {
            return new Problem(ErrorCatalog.BackupInProgress);
        }

        try
        {
            // Not ended with the request: a caller's patience is no reason to have no backup.
            var backup = await keeper.BackUpAsync(turn, Caller.Of(http).KeyId, lifetime.ApplicationStopping);
            return TypedResults.Json(backup, WireJson.Default.BackupSummary, statusCode: StatusCodes.Status201Created);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new Problem(ErrorCatalog.Draining);
        }
        catch (Exception fault)
        {
            BackupMetrics.Failed();
            if (fault is IOException or UnauthorizedAccessException)
            {
                LogFailed(logger, fault);
                return new Problem(ErrorCatalog.BackupFailed);
            }

            throw;
        }
    }

    /// <summary>Why there are no backups here, or no answer that the caller takes.</summary>
    private static Problem? RefusalOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<RunLog>().IsShared ? new Problem(ErrorCatalog.BackupByDatabase)
        : http.RequestServices.GetRequiredService<BackupSettings>().Folder is null ? new Problem(ErrorCatalog.BackupsDisabled)
        : Accepts.Json(http.Request) ? null : new Problem(ErrorCatalog.NotAcceptable);

    [LoggerMessage(LogLevel.Error, "The backup that was asked for could not be made")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
