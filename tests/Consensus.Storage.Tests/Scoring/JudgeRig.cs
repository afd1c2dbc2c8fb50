using System.Globalization;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;
using Consensus.Storage.Runs;
using Consensus.Storage.Scoring;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Time.Testing;

namespace Consensus.Storage.Tests.Scoring;

/// <summary>A log with a clock that stands, runs that can be judged, and submissions.</summary>
internal sealed class JudgeRig : IAsyncDisposable
{
    public static readonly RetryRule Rule = new(MaxAttempts: 3, First: TimeSpan.FromSeconds(10), Longest: TimeSpan.FromSeconds(15));

    private readonly TemporaryLog _temporary;

    public JudgeRig(RunContent content = RunContent.Full, Func<string, string>? redact = null) => _temporary = new TemporaryLog(content, redact, Time);

    public FakeTimeProvider Time { get; } = new(Make.Noon);

    public TemporaryLog File => _temporary;

    public RunLog Log => _temporary.Log;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static NewJudgeJob NewJob(string rubric = "quality") => new(Guid.CreateVersion7(Make.Noon), rubric, "0123456789abcdef", "00-11111111111111111111111111111111-2222222222222222-01");

    /// <summary>A run of two candidates with texts and one that failed.</summary>
    public static ConsensusResponse Judgeable(RunStatus status = RunStatus.Completed, DateTimeOffset? createdAt = null) => Make.Run(status, createdAt: createdAt) with
    {
        Candidates =
        [
            new CandidateBody { Id = 0, Model = "sim/ada", Family = "a", Status = CandidateStatus.Answered, Text = "391", Cluster = 0 },
            new CandidateBody { Id = 1, Model = "sim/bob", Status = CandidateStatus.Answered, Text = "400", Cluster = 1 },
            new CandidateBody { Id = 2, Model = "sim/eve", Family = "e", Status = CandidateStatus.Failed, Error = new CandidateErrorBody(FailureReason.Timeout, "late") },
        ],
    };

    public static Score Scored(int candidate = 0, string judge = "sim/judge", string criterion = "correct", double value = 1, string? rationale = "because") => new()
    {
        Candidate = candidate, Judge = judge, Criterion = criterion, Method = ScoreMethod.Pointwise, Grade = value.ToString(CultureInfo.InvariantCulture), Value = value,
        Rationale = rationale, Prompt = "pointwise@1", LatencyMs = 12.5, Usage = new UsageBody(10, null, 0.25m),
    };

    public static Score Unscored(int candidate = 0, string judge = "sim/judge", string criterion = "correct", UnscoredReason reason = UnscoredReason.Timeout) => new()
    {
        Candidate = candidate, Judge = judge, Criterion = criterion, Method = ScoreMethod.Pointwise, Unscored = reason, Rationale = "no answer", Prompt = "pointwise@1",
    };

    /// <summary>Stores a run with its job and returns the job's id.</summary>
    public async Task<Guid> StoreAsync(ConsensusResponse? run = null, string? keyId = null, NewJudgeJob? job = null)
    {
        job ??= NewJob();
        await Log.SaveAsync(new RunRecord(run ?? Judgeable(), keyId, TemporaryLog.Instance, job), Token);
        return job.JobId;
    }

    public async Task<int> BeginAsync(Guid jobId)
    {
        var begun = await Log.BeginAttemptAsync(jobId, Rule.MaxAttempts, Token);
        Assert.Equal(AttemptOutcome.Begun, begun.Outcome);
        return begun.Work!.Attempt;
    }

    public async Task<Submission> SubmitAsync(Guid jobId, int attempt, params Score[] scores) =>
        (await Log.SubmitScoresAsync(new ScoreSubmission { JobId = jobId, Attempt = attempt, Scores = scores }, "quality@1", Rule, by: null, Token))!;

    public async Task<Submission> FailAsync(Guid jobId, int attempt, AttemptFailureReason reason, params Score[] scores) => (await Log.SubmitScoresAsync(
        new ScoreSubmission { JobId = jobId, Attempt = attempt, Scores = scores, Failure = new AttemptFailure(reason, "It went wrong.") }, "quality@1", Rule, by: null, Token))!;

    public async Task<JudgeJob> JobAsync(Guid jobId) => (await Log.FindJudgeJobAsync(jobId, keyId: null, Token))!;

    public async Task<IReadOnlyList<JudgeJob>> JobsAsync() => (await Log.ListJudgeJobsAsync(new JudgeJobFilter(), Token)).Items;

    public async Task<IReadOnlyList<Guid>> DueAsync() => [.. (await Log.ListDueJobsAsync(after: 0, most: 100, Token)).Select(due => due.JobId)];

    public async Task<IReadOnlyList<Score>> ScoresAsync(Guid jobId) =>
        [.. (await Log.ListScoresAsync(new ScoreFilter { JobId = jobId, Limit = 500 }, Token)).Items.Select(stored => stored.Score).Reverse()];

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();
}
