using Consensus.Contracts.Client;
using Consensus.Contracts.Scoring;

namespace Consensus.Cli.Scoring;

/// <summary>Has runs judged and waits until every job has ended. What fails is part of the outcome, and the other runs go on.</summary>
/// <param name="api">The API.</param>
/// <param name="rubric">The rubric; <c>null</c>: the configuration's.</param>
/// <param name="wait">How long to wait for the scores.</param>
/// <param name="time">The clock.</param>
internal sealed class ScoreSession(ConsensusClient api, string? rubric, TimeSpan wait, TimeProvider time)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <param name="runs">The runs, each once.</param>
    /// <param name="tell">Told what goes on, how much of it is done, and of how much.</param>
    /// <param name="cancellationToken">Ends the wait; what is known by then is the outcome.</param>
    public async Task<(IReadOnlyList<ScoredRun> Runs, bool Stopped)> RunAsync(IReadOnlyList<Guid> runs, Action<string, int, int> tell, CancellationToken cancellationToken)
    {
        var scored = runs.Select(run => new ScoredRun { RunId = run }).ToArray();
        try
        {
            await EachAsync(scored, static _ => true, MakeAsync, cancellationToken);
            var started = time.GetTimestamp();
            for (var pause = FirstPause; ; pause = pause + pause < LongestPause ? pause + pause : LongestPause)
            {
                tell("judging", scored.Count(static run => !IsWaiting(run)), scored.Length);
                var left = wait - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || !scored.Any(IsWaiting))
                {
                    break;
                }

                await Task.Delay(pause < left ? pause : left, time, cancellationToken);
                await EachAsync(scored, IsWaiting, LookAsync, cancellationToken);
            }

            return (scored, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (scored, true);
        }
    }

    private static bool IsWaiting(ScoredRun run) => run is { Problem: null, Job.State: JudgeJobState.Pending };

    private static Task EachAsync(ScoredRun[] runs, Func<ScoredRun, bool> which, Func<ScoredRun, CancellationToken, Task<ScoredRun>> step, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, runs.Length).Where(i => which(runs[i])), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, cancel) =>
            {
                try
                {
                    runs[i] = await step(runs[i], cancel);
                }
                catch (ConsensusApiException failure)
                {
                    runs[i] = runs[i] with { Problem = failure.Problem };
                }
            });

    private async Task<ScoredRun> MakeAsync(ScoredRun run, CancellationToken cancellationToken) =>
        run with { Job = await api.JudgeRunAsync(new JudgeJobRequest(run.RunId, rubric), cancellationToken) };

    private async Task<ScoredRun> LookAsync(ScoredRun run, CancellationToken cancellationToken)
    {
        run = run with { Job = await api.GetJudgeJobAsync(run.Job!.JobId, cancellationToken) };
        return run.Job.State == JudgeJobState.Done
            ? run with { Scores = await api.GetRunScoresAsync(run.RunId, new ScoreQuery { JobId = run.Job.JobId }, cancellationToken) }
            : run;
    }
}
