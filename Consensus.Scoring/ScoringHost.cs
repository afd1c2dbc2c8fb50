using Consensus.LanguageModels;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Judging.Panel;
using Consensus.Scoring.Judging;
using Consensus.Scoring.Workers;

namespace Consensus.Scoring;

/// <summary>The service, put together; tests start the same.</summary>
internal static class ScoringHost
{
    /// <param name="args">Command-line configuration.</param>
    /// <param name="configure">Changes to the services, made last.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddConsensusApi("worker");
        builder.Services.AddLanguageModels(builder.Configuration);
        builder.Services.AddSingleton(Judges);
        builder.AddWorker();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    private static JudgeRun Judges(IServiceProvider services)
    {
        var judges = new RunJudge(services.GetRequiredService<ModelCatalog>(), services.GetRequiredService<ModelCaller>().AskAsync);
        return async (work, config, cancellationToken) => (await judges.JudgeAsync(work, config, cancellationToken)).Scores;
    }
}
