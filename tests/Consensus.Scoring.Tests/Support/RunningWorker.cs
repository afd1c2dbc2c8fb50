using Consensus.Contracts.Scoring;
using Consensus.Scoring.Judging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consensus.Scoring.Tests.Support;

/// <summary>A worker as it is shipped, except for its judges.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningWorker(WebApplication app) => _app = app;

    public static async Task<RunningWorker> StartAsync(string redis, Uri? api, JudgeRun? judge = null, string id = "one", params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:redis"] = redis,
            ["services:api:http:0"] = api?.ToString() ?? "http://127.0.0.1:1",
            ["Worker:Id"] = id,
            ["Worker:HeartBeatSeconds"] = "0.2",
            ["Worker:MissedBeats"] = "50",
            ["Worker:PollSeconds"] = "0.1",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var app = ScoringHost.Build([.. all.Select(setting => $"--{setting.Key}={setting.Value}")], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(judge ?? Graded);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningWorker(app);
    }

    /// <summary>Judges at once: one grade.</summary>
    public static Task<IReadOnlyList<Score>> Graded(JudgeWork work, ScoringConfig config, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Score>>([Scores.Graded]);

    /// <summary>Stops it as a signal does, with all the time that it asks for.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Scores for tests.</summary>
internal static class Scores
{
    public static Score Graded { get; } = new()
    {
        Candidate = 0, Judge = "sim/ada", Criterion = "right", Method = ScoreMethod.Pointwise, Grade = "yes", Value = 1, Prompt = "pointwise@1",
    };

    public static Score Without(UnscoredReason reason) => Graded with { Grade = null, Value = null, Unscored = reason };
}
