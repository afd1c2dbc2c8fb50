using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consensus.ApiService.Scoring;
using Consensus.ApiService.Tests.Auth;
using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts.Client;
using Consensus.Contracts.Json;
using Consensus.Contracts.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Scoring;

/// <summary>A service with a scoring configuration that the test chooses.</summary>
internal sealed class JudgedApi : IAsyncDisposable
{
    public const string Version = "0123456789abcdef";

    private JudgedApi(ApiApp app) => App = app;

    public ApiApp App { get; }

    public ConsensusClient Client => new(App.Http);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ScoringConfig Config { get; } = new()
    {
        SchemaVersion = 1,
        Rubric = "quality",
        Judges = [new JudgeSettings { Model = "sim/judge" }, new JudgeSettings { Model = "sim/critic" }],
        Rubrics =
        [
            new Rubric
            {
                Name = "quality", Version = 2,
                Criteria =
                [
                    new Criterion { Name = "correct", Question = "Is it right?", Weight = 3, Grades = [new Grade("yes", 1, "It is."), new Grade("partly", 0.5, "In part."), new Grade("no", 0, "It is not.")] },
                    new Criterion { Name = "clear", Question = "Is it clear?", Weight = 1, Grades = [new Grade("yes", 1, "It is."), new Grade("no", 0, "It is not.")] },
                ],
            },
            new Rubric { Name = "strict", Version = 1, Criteria = [new Criterion { Name = "correct", Question = "?", Grades = [new Grade("yes", 1, "a"), new Grade("no", 0, "b")] }] },
        ],
    };

    public static Task<JudgedApi> StartAsync(ScoringConfig config, Dictionary<string, string>? settings = null) =>
        StartAsync(new VersionedScoringConfig(Version, config), settings);

    public static Task<JudgedApi> StartAsync(Dictionary<string, string>? settings = null) => StartAsync(Config, settings);

    public static async Task<JudgedApi> StartAsync(VersionedScoringConfig? config, Dictionary<string, string>? settings) => new(await ApiApp.StartAsync(
        settings, builder => builder.Services.AddSingleton(new ScoringConfigs(() => config, (version, _) => ValueTask.FromResult(version == config?.Version ? config : null)))));

    /// <summary>A client with one of the keys of <see cref="KeyedApi"/>.</summary>
    public ConsensusClient As(string key) => new(App.Client(KeyedApi.Key(key)));

    /// <summary>Decides on answers, the first model's first; the question is given.</summary>
    public async Task<Guid> RunAsync(ConsensusClient? client = null, params string[] texts) =>
        (await (client ?? Client).AggregateAsync(Request(texts), Token)).RunId;

    public static Contracts.Runs.AggregateRequest Request(params string[] texts) => new()
    {
        Prompt = "What is 17 * 23?",
        Answers = [.. (texts.Length == 0 ? ["391", "391", "400"] : texts).Select((text, i) => new Contracts.Runs.AggregateAnswer { Model = $"m{i}", Text = text })],
    };

    /// <summary>A run with a job whose first attempt has begun.</summary>
    public async Task<JudgeWork> BegunAsync(string? rubric = null, params string[] texts)
    {
        var job = await Client.JudgeRunAsync(new JudgeJobRequest(await RunAsync(null, texts), rubric), Token);
        return await Client.BeginJudgeJobAsync(job.JobId, "worker-1", Token);
    }

    public static Score Scored(int candidate, string grade, string judge = "sim/judge", string criterion = "correct") => new()
    {
        Candidate = candidate, Judge = judge, Criterion = criterion, Method = ScoreMethod.Pointwise, Grade = grade, Prompt = "pointwise@1",
        Value = grade switch { "yes" => 1, "partly" => 0.5, _ => 0 },
    };

    public static Score Unscored(int candidate, UnscoredReason reason = UnscoredReason.Timeout, string judge = "sim/judge", string criterion = "correct") => new()
    {
        Candidate = candidate, Judge = judge, Criterion = criterion, Method = ScoreMethod.Pointwise, Unscored = reason, Prompt = "pointwise@1",
    };

    public static ScoreSubmission Of(JudgeWork work, params Score[] scores) => new() { JobId = work.JobId, Attempt = work.Attempt, Scores = scores };

    public static JsonObject Json(ScoreSubmission submission) => JsonSerializer.SerializeToNode(submission, ConsensusJson.Default.ScoreSubmission)!.AsObject();

    /// <summary>Sends a submission and gives the status with the receipt.</summary>
    public async Task<(HttpStatusCode Status, ScoreReceipt Receipt)> SubmitAsync(ScoreSubmission submission)
    {
        using var response = await App.PostAsync("/v1/scores", Json(submission));
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return (response.StatusCode, JsonSerializer.Deserialize(text, ConsensusJson.Default.ScoreReceipt)!);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
