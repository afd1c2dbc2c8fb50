using Consensus.ApiService.Runs;
using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Consensus.ApiService.Mcp;

/// <summary>Tells a caller who wants to know how far a run is. Its steps have no known number: under a strategy that takes some, the total is left open.</summary>
internal sealed class ProgressWatcher(McpServer server, ProgressToken token, RunPlan plan, CancellationToken gone) : IRunWatcher
{
    private readonly int? total = plan.Steps is null ? plan.Models.Count * plan.SamplesPerModel : null;
    private int done;

    public ValueTask StartedAsync(RunStarted started) => TellAsync(0, $"Asking {string.Join(", ", started.Models)}");

    public ValueTask CandidateAsync(CandidateBody candidate) => TellAsync(++done, candidate switch
    {
        { Answer: { } answer } => $"{candidate.Model}: {Reading.Shown.Cut(answer.Text, 100)}",
        { Error: { } error } => $"{candidate.Model}: no answer ({WireName.Of(error.Reason)})",
        _ => candidate.Model,
    });

    public ValueTask ClustersAsync(ClustersSoFar clusters) => ValueTask.CompletedTask;

    public ValueTask StepAsync(StepBody step) => TellAsync(++done, $"Step {step.Name}: {WireName.Of(step.Status)}");

    private async ValueTask TellAsync(int progress, string message) =>
        await server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = progress, Total = total, Message = message }, cancellationToken: gone);
}
