using Consensus.ApiService.Admission;
using Consensus.ApiService.Audit;
using Consensus.ApiService.Auth;
using Consensus.ApiService.Backups;
using Consensus.ApiService.Benchmarks;
using Consensus.ApiService.Caching;
using Consensus.ApiService.Collections;
using Consensus.ApiService.Documentation;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Evidence;
using Consensus.ApiService.Exports;
using Consensus.ApiService.Fitting;
using Consensus.ApiService.Fitting.Refitting;
using Consensus.ApiService.Gates;
using Consensus.ApiService.Hosting;
using Consensus.ApiService.Http;
using Consensus.ApiService.Keys;
using Consensus.ApiService.Mcp;
using Consensus.ApiService.Models;
using Consensus.ApiService.OpenAi;
using Consensus.ApiService.Provenance;
using Consensus.ApiService.Retention;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Runs.Live.Elsewhere;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Scoring.Configuration;
using Consensus.ApiService.Scoring.Dispatching;
using Consensus.ApiService.Scoring.Lookup;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Versioning;
using Consensus.Contracts;
using Consensus.LanguageModels;
using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consensus.ApiService;

/// <summary>The service, put together; tests start the same.</summary>
internal static class ApiHost
{
    /// <param name="args">Command-line configuration.</param>
    /// <param name="configure">Changes to the services, made last.</param>
    /// <exception cref="StartRefusedException">The configuration is such that the service must not start.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        var hasRedis = builder.AddOptionalRedis("redis");
        builder.AddKeys();
        builder.AddDraining();
        builder.Services.AddLanguageModels(builder.Configuration);
        builder.AddAnswerCache(hasRedis);
        builder.Services.AddRunLog(builder.Configuration);
        builder.Services.AddEvidenceStore(builder.Configuration);
        builder.AddRetention();
        builder.AddBackups();
        builder.AddExports();
        builder.AddFitting();
        builder.AddScoringConfig();
        builder.AddPolicy();
        builder.AddScoring();
        builder.AddDispatching(hasRedis);
        builder.AddAdmission();
        builder.Services.AddRunConducting();
        builder.AddRunsElsewhere(hasRedis);
        builder.Services.AddSingleton<PanelQuestions>();
        builder.Services.AddEvidenceMode();
        builder.Services.AddOpenAi();
        builder.Services.AddMcp();
        builder.Services.AddHostedService<RareEvents>();
        builder.Services.AddHostedService<RunLogStart>();
        builder.Services.AddHealthChecks().AddCheck<RunLogHealth>("run-log", tags: [HealthTags.Ready, HealthTags.Critical])
            .AddCheck<EvidenceHealth>("evidence", failureStatus: HealthStatus.Degraded, tags: [HealthTags.Ready]);
        builder.Services.AddDocumentation();
        builder.AddVersioning();

        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseMiddleware<RequestIds>();
        app.Use(SecurityHeaders.InvokeAsync);
        app.UseMiddleware<VersionHeaders>();
        app.UseMiddleware<FaultBarrier>();
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        app.UseAddressLimits();
        app.Use(McpApi.CheckOriginAsync);
        app.UseAuthentication();
        app.UseCallerLimits();
        app.UseAuthorization();
        app.Use(McpApi.CheckBodyAsync);

        app.MapDefaultEndpoints(metrics => metrics.RequireAuthorization(Policies.Metrics));
        app.MapConsensus();
        app.MapEvidence();
        app.MapRuns();
        app.MapProvenance();
        app.MapLiveRuns();
        app.MapJudgeJobs();
        app.MapWorker();
        app.MapScores();
        app.MapModels();
        app.MapCalibration();
        app.MapProposals();
        app.MapCollections();
        app.MapBenchmarks();
        app.MapScoringConfig();
        app.MapPolicy();
        app.MapRetention();
        app.MapBackups();
        app.MapKeys();
        app.MapAudit();
        app.MapOpenAi();
        McpApi.MapMcp(app);
        app.MapDocumentation();
        return app;
    }
}
