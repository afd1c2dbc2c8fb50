namespace Consensus.ApiService.Telemetry;

/// <summary>
/// Lets the counters of what seldom happens begin at zero. Alerts look at how much a counter has gone up, and one that was not there has not.
/// </summary>
internal sealed class RareEvents : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        RunMetrics.Begin();
        LiveMetrics.GivenUp(0);
        RetentionMetrics.Begin();
        ArchiveMetrics.Begin();
        BackupMetrics.Begin();
        ExportMetrics.Begin();
        AdmissionMetrics.Begin();
        AccessMetrics.Begin();
        PolicyMetrics.Begin();
        ScoringConfigMetrics.Begin();
        EvidenceMetrics.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
