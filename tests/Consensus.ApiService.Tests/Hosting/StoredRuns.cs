using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>Runs of long ago.</summary>
internal static class StoredRuns
{
    /// <summary>Stores a run that was asked for and answered some days ago.</summary>
    public static async Task<Guid> StoreAsync(this ApiApp app, int daysAgo, params string[] tags)
    {
        var at = DateTimeOffset.UtcNow.AddDays(-daysAgo);
        var run = new ConsensusResponse
        {
            RunId = Guid.CreateVersion7(at), Status = RunStatus.Completed, Strategy = "majority", CreatedAt = at, FinishedAt = at,
            Request = new StoredRequest { Prompt = "x", Tags = tags },
        };
        await app.Services.GetRequiredService<RunLog>().SaveAsync(new RunRecord(run, null, "test"), TestContext.Current.CancellationToken);
        return run.RunId;
    }
}
