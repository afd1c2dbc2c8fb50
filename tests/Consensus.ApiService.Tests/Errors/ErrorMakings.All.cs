using Consensus.ApiService.Hosting;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.ApiService.Tests.Runs.Live;
using Consensus.ApiService.Tests.Scoring;
using Consensus.ApiService.Tests.Scoring.Configuration;
using Consensus.Contracts.Errors;
using Consensus.LanguageModels.Catalog;
using Consensus.ModelSimulator;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Tests.Errors;

/// <summary>Every code of the catalogue, produced by a real request.</summary>
public sealed partial class ErrorMakings(SharedApi shared)
{
    /// <summary>Makes every error; <see cref="SharedApi.Errors"/> does it once for all tests.</summary>
    public async Task<MadeErrors> MakeAsync()
    {
        await using var keyed = await ApiApp.StartAsync(KeyedApi.Settings);
        await using var unlogged = await ApiApp.StartAsync(new Dictionary<string, string> { ["RunLog:Enabled"] = "false" });
        await using var broken = await BrokenAsync(shared);
        using var notAFolder = new TakenPath();
        await using var unwritable = await ApiApp.StartAsync(new Dictionary<string, string> { ["Storage:Folder"] = notAFolder.Path });
        await using var simulator = await SimulatorHost.StartAsync(AllModels("server_error"));
        await using var failing = await ApiApp.StartAsync(SharedApi.SettingsFor(simulator));
        await using var silent = await SimulatorHost.StartAsync(AllModels("timeout"));
        await using var late = await ApiApp.StartAsync(SharedApi.SettingsFor(silent));
        using var reader = keyed.Client(KeyedApi.Key("read"));
        using var root = keyed.Client(KeyedApi.Key("root"));
        using var html = shared.App.Client();
        html.DefaultRequestHeaders.Add("Accept", "text/html");

        var answered = new Dictionary<ErrorCode, HttpResponseMessage>
        {
            [ErrorCatalog.MalformedJson] = await shared.App.PostAsync("/v1/consensus", "{"),
            [ErrorCatalog.ValidationFailed] = await shared.App.PostAsync("/v1/consensus", "{}"),
            [ErrorCatalog.ContentNotStored] = await LabelWithoutContentAsync(),
            [ErrorCatalog.Unauthorized] = await keyed.PostAsync("/v1/consensus", "{}"),
            [ErrorCatalog.Forbidden] = await keyed.PostAsync("/v1/consensus", "{}", reader),
            [ErrorCatalog.NotFound] = await shared.App.Http.GetAsync("/v1/nothing"),
            [ErrorCatalog.VersionNotSupported] = await shared.App.Http.GetAsync("/v2/runs"),
            [ErrorCatalog.ModelNotFound] = await shared.App.Http.GetAsync("/openai/v1/models/nobody"),
            [ErrorCatalog.RunNotFound] = await shared.App.Http.GetAsync("/v1/runs/01900000-0000-7000-8000-000000000000"),
            [ErrorCatalog.EvidenceNotFound] = await shared.App.Http.GetAsync("/v1/evidence/none"),
            [ErrorCatalog.BenchmarkNotFound] = await shared.App.Http.GetAsync("/v1/benchmarks/none"),
            [ErrorCatalog.CollectionNotFound] = await shared.App.Http.GetAsync("/v1/collections/01900000-0000-7000-8000-000000000000"),
            [ErrorCatalog.DocumentNotFound] = await NoDocumentAsync(),
            [ErrorCatalog.CollectionFull] = await TooManyCollectionsAsync(),
            [ErrorCatalog.EvidenceDisabled] = await WithoutEvidenceAsync(),
            [ErrorCatalog.EvidenceUnavailable] = await unwritable.Http.GetAsync("/v1/collections"),
            [ErrorCatalog.EvidenceVersionUnsupported] = await OfALaterVersionAsync(),
            [ErrorCatalog.ProposalNotFound] = await shared.App.Http.GetAsync("/v1/calibration/proposals/none"),
            [ErrorCatalog.NotFitted] = await shared.App.Http.GetAsync("/v1/calibration"),
            [ErrorCatalog.ScoringConfigNotFound] = await shared.App.Http.GetAsync("/v1/scoring/config/none"),
            [ErrorCatalog.KeyNotFound] = await shared.App.Http.GetAsync("/v1/keys/nobody"),
            [ErrorCatalog.KeyExists] = await keyed.PostAsync("/v1/keys", """{"name":"alice","scopes":["run"]}""", root),
            [ErrorCatalog.KeyConfigured] = await keyed.PostAsync("/v1/keys/alice/rotate", "{}", root),
            [ErrorCatalog.KeyRevoked] = await RotateRevokedAsync(keyed, root),
            [ErrorCatalog.RateLimited] = await TwiceAsync("Limits:RequestsPerMinute", "1", app => app.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate)),
            [ErrorCatalog.BudgetExhausted] = await LimitedAsync("Limits:DailyCostUsd", "0"),
            [ErrorCatalog.TooManyRuns] = await SecondRunAsync(),
            [ErrorCatalog.IdentityUnavailable] = await WithoutProviderAsync(),
            [ErrorCatalog.PolicyNotFound] = await shared.App.Http.GetAsync("/v1/policy/none"),
            [ErrorCatalog.PreconditionFailed] = await ReplaceAnotherAsync(),
            [ErrorCatalog.MethodNotAllowed] = await shared.App.Http.DeleteAsync("/v1/models"),
            [ErrorCatalog.NotAcceptable] = await html.GetAsync("/v1/models"),
            [ErrorCatalog.RunLogDisabled] = await unlogged.Http.GetAsync("/v1/runs"),
            [ErrorCatalog.RunInProgress] = await DeleteRunningAsync(),
            [ErrorCatalog.RunHeld] = await DeleteHeldAsync(),
            [ErrorCatalog.ArchivedRange] = await AskArchivedAsync(),
            [ErrorCatalog.PurgeInProgress] = await PurgeTwiceAsync(),
            [ErrorCatalog.BackupInProgress] = await BackUpTwiceAsync(),
            [ErrorCatalog.BackupsDisabled] = await shared.App.PostAsync(BackupPath, ""),
            [ErrorCatalog.BackupByDatabase] = await BackUpADatabaseAsync(),
            [ErrorCatalog.BackupFailed] = await BackUpInVainAsync(),
            [ErrorCatalog.JobNotFound] = await shared.App.Http.GetAsync("/v1/scoring/jobs/none"),
            [ErrorCatalog.JobFinished] = await JudgedAsync(async (api, work) =>
            {
                await api.SubmitAsync(JudgedApi.Of(work));
                return await api.App.PostAsync($"/v1/scoring/jobs/{work.JobId}/attempts", """{"worker":"w"}""");
            }),
            [ErrorCatalog.JobNotDead] = await JudgedAsync((api, work) => api.App.PostAsync($"/v1/scoring/jobs/{work.JobId}/retry", "")),
            [ErrorCatalog.NoJudges] = await WithoutJudgesAsync(),
            [ErrorCatalog.RunNotJudgeable] = await JudgedAsync(async (api, _) =>
            {
                using var unasked = await api.App.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate);
                return await api.App.PostAsync("/v1/scoring/jobs", $$"""{"runId":"{{(await unasked.RunAsync()).RunId}}"}""");
            }),
            [ErrorCatalog.RunNotReplayable] = await CancelledAsync((api, self) => api.SendAsync(HttpMethod.Post, $"{self}/replay", null)),
            [ErrorCatalog.RunFinished] = await CancelledAsync((api, self) => api.SendAsync(HttpMethod.Post, $"{self}/cancel", null)),
            [ErrorCatalog.RunCancelled] = await CancelledAsync((api, _) => api.AskAsync(HeldApi.Question, ("Idempotency-Key", "k"))),
            [ErrorCatalog.RunErased] = await CancelledAsync(async (api, self) =>
            {
                await api.App.Http.DeleteAsync(self);
                return await api.AskAsync(HeldApi.Question, ("Idempotency-Key", "k"));
            }),
            [ErrorCatalog.IdempotencyKeyReused] = await CancelledAsync((api, _) => api.AskAsync("""{"prompt":"another"}""", ("Idempotency-Key", "k"))),
            [ErrorCatalog.IdempotencyInFlight] = await BegunAsync((api, _) => api.AskAsync(HeldApi.Question, ("Idempotency-Key", "k"))),
            [ErrorCatalog.RunElsewhere] = await RunningElsewhereAsync(),
            [ErrorCatalog.RunInterrupted] = await InterruptedAsync(),
            [ErrorCatalog.BodyTooLarge] = await shared.App.PostAsync("/v1/consensus", new string(' ', 2_000_000)),
            [ErrorCatalog.UnsupportedMediaType] = await shared.App.Http.PostAsync("/v1/consensus", new StringContent("{}")),
            [ErrorCatalog.InternalError] = await broken.PostAsync("/v1/consensus", """{"prompt":"a secret prompt"}"""),
            [ErrorCatalog.PanelFailed] = await failing.PostAsync("/v1/consensus", """{"prompt":"x","deadlineMs":30000}"""),
            [ErrorCatalog.RunLogUnavailable] = await unwritable.PostAsync("/v1/consensus/aggregate", Answers.SmallAggregate),
            [ErrorCatalog.Draining] = await WhileDrainingAsync(),
            [ErrorCatalog.DeadlineExceeded] = await late.PostAsync("/v1/consensus", """{"prompt":"x","deadlineMs":200}"""),
        };

        return new MadeErrors(answered, broken.Log);
    }
}

/// <summary>What was answered for every code, each by a response that was read whole.</summary>
/// <param name="Answered">The responses; whoever reads them leaves them to others.</param>
/// <param name="Broken">The log of the service whose configuration is at fault.</param>
public sealed record MadeErrors(IReadOnlyDictionary<ErrorCode, HttpResponseMessage> Answered, KeptLog Broken);
