using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Microsoft.Extensions.Options;

namespace Consensus.ApiService.Scoring.Dispatching;

/// <summary>Brings due jobs of the run log to the queue. Of several processes with one log each claims its own, so that none does what another is doing.</summary>
/// <param name="log">The run log.</param>
/// <param name="sender">The queue.</param>
/// <param name="options">The settings.</param>
/// <param name="instance">The name of this process in the log.</param>
internal sealed class Outbox(RunLog log, JudgeSender sender, IOptions<DispatchOptions> options, string instance)
{
    private const int PageSize = 256;

    private readonly DispatchOptions _options = options.Value;

    /// <summary>Sends due jobs that are on no list, oldest first; returns how many.</summary>
    /// <param name="room">At most so many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<int> SendDueAsync(long room, CancellationToken cancellationToken)
    {
        var sent = 0;
        for (long after = 0; sent < room;)
        {
            var page = await log.ListDueJobsAsync(after, PageSize, cancellationToken);
            var claimed = await log.ClaimDueJobsAsync(
                await FindUnsentAsync(page), instance, _options.Claim, (int)Math.Min(room - sent, PageSize), cancellationToken);
            sent += await SendAsync(claimed);
            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Seq;
        }

        return sent;
    }

    private async Task<IReadOnlyList<DueJob>> FindUnsentAsync(IReadOnlyList<DueJob> page)
    {
        var unsent = (await sender.FindUnsentAsync([.. page.Select(Message)])).Select(static job => job.JobId).ToHashSet();
        return [.. page.Where(job => unsent.Contains(job.JobId))];
    }

    /// <summary>Sends claimed jobs; when the queue goes away meanwhile, the rest is anybody's at once.</summary>
    private async Task<int> SendAsync(IReadOnlyList<DueJob> claimed)
    {
        var (done, sent) = (0, 0);
        try
        {
            foreach (var job in claimed)
            {
                sent += await sender.SendAsync(Message(job), _options.MarkerExpiry) ? 1 : 0;
                done++;
            }

            return sent;
        }
        finally
        {
            if (done < claimed.Count)
            {
                await GiveBackAsync([.. claimed.Skip(done)]);
            }
        }
    }

    private async Task GiveBackAsync(IReadOnlyList<DueJob> jobs)
    {
        try
        {
            await log.ReleaseDueJobsAsync(jobs, instance, CancellationToken.None);
        }
        catch (RunLogUnavailableException)
        {
            // The claims end by themselves.
        }
    }

    private static JudgeMessage Message(DueJob job) => new(job.JobId, job.TraceParent);
}
