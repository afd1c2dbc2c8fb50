using System.Collections.Concurrent;
using System.Text.Json;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consensus.Scoring.Tests.Support;

/// <summary>The worker's side of the API over real HTTP, with its jobs in memory.</summary>
internal sealed class JobApi : IAsyncDisposable
{
    public const string ConfigVersion = "0123456789abcdef";

    private readonly WebApplication _app;
    private volatile bool _away;

    private JobApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Whether every question is answered with 503.</summary>
    public bool IsAway
    {
        get => _away;
        set => _away = value;
    }

    /// <summary>How many questions were turned away.</summary>
    public int TurnedAway;

    /// <summary>The jobs that can be begun, with the number of attempts so far.</summary>
    public ConcurrentDictionary<Guid, int> Waiting { get; } = new();

    public ConcurrentQueue<ScoreSubmission> Submissions { get; } = new();

    /// <summary>A refusal of submissions with scores, for the worker to cope with.</summary>
    public bool RefusesScores { get; set; }

    public ScoringConfig Config { get; set; } = new()
    {
        SchemaVersion = ScoringConfig.CurrentSchemaVersion,
        Judges = [new JudgeSettings { Model = "sim/ada" }],
        Rubric = "quality",
        Rubrics = [new Rubric { Name = "quality", Version = 1, Criteria = [new Criterion { Name = "right", Question = "Right?", Grades = [new("yes", 1, "a"), new("no", 0, "b")] }] }],
    };

    public static async Task<JobApi> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var api = new JobApi(app);
        app.Use(api.TurnAwayAsync);
        app.MapGet("/v1/scoring/config/{version}", (string version) => version == ConfigVersion
            ? Json(new VersionedScoringConfig(version, api.Config), 200)
            : Refuse(ErrorCatalog.ScoringConfigNotFound));
        app.MapPost("/v1/scoring/jobs/{id:guid}/attempts", (Guid id) => api.Begin(id));
        app.MapPost("/v1/scores", async (HttpRequest request) => api.Submit((await JsonSerializer.DeserializeAsync(request.Body, ConsensusJson.Default.ScoreSubmission))!));
        await app.StartAsync();
        return api;
    }

    public Guid Add()
    {
        var id = Guid.CreateVersion7();
        Waiting[id] = 0;
        return id;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TurnAwayAsync(HttpContext http, Func<Task> next)
    {
        if (IsAway)
        {
            Interlocked.Increment(ref TurnedAway);
            await Refuse(ErrorCatalog.RunLogUnavailable).ExecuteAsync(http);
            return;
        }

        await next();
    }

    private IResult Begin(Guid id)
    {
        if (!Waiting.ContainsKey(id))
        {
            return Refuse(Submissions.Any(s => s.JobId == id) ? ErrorCatalog.JobFinished : ErrorCatalog.JobNotFound);
        }

        var attempt = Waiting.AddOrUpdate(id, 1, static (_, attempts) => attempts + 1);
        return Json(
            new JudgeWork
            {
                JobId = id,
                RunId = id,
                Attempt = attempt,
                Rubric = "quality",
                ConfigVersion = ConfigVersion,
                Messages = [new RequestMessage("user", "What is 2 + 2?")],
                Candidates = [new JudgedCandidate { Id = 0, Model = "m", Family = "f", Text = "4" }],
            }, 200);
    }

    private IResult Submit(ScoreSubmission submission)
    {
        if (RefusesScores && submission.Scores.Count > 0)
        {
            return Refuse(ErrorCatalog.ValidationFailed);
        }

        Submissions.Enqueue(submission);
        if (submission.Failure is null)
        {
            Waiting.TryRemove(submission.JobId, out _);
        }

        return Json(new ScoreReceipt(submission.JobId, submission.Failure is null ? JudgeJobState.Done : JudgeJobState.Pending, submission.Scores.Count, 0), 201);
    }

    private static IResult Json<T>(T value, int status) => Results.Text(JsonSerializer.Serialize(value, typeof(T), ConsensusJson.Default), "application/json", statusCode: status);

    private static IResult Refuse(ErrorCode code) => Results.Text(
        JsonSerializer.Serialize(
            new ProblemBody { Type = $"urn:consensus:error:{code.Code}", Title = code.Title, Status = code.Status, Code = code.Code, Retryable = code.Retryable },
            ConsensusJson.Default.ProblemBody),
        "application/problem+json", statusCode: code.Status);
}
