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
        builder.AddWorker();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
