using Consensus.Contracts.Json;
using Consensus.Contracts.Runs;
using Consensus.Contracts.Scoring;

namespace Consensus.Contracts.Client;

/// <summary>Judging after the fact.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>Asks for a stored run to be judged, also once more.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, it cannot be judged, or the API cannot be reached.</exception>
    public Task<JudgeJob> JudgeRunAsync(JudgeJobRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/scoring/jobs", request, Outgoing.JudgeJobRequest), ConsensusJson.Default.JudgeJob, cancellationToken);

    /// <summary>A page of judge jobs, newest first.</summary>
    /// <exception cref="ConsensusApiException">A filter is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<Page<JudgeJob>> ListJudgeJobsAsync(JudgeJobQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/scoring/jobs" + query?.ToQueryString()), ConsensusJson.Default.PageJudgeJob, cancellationToken);

    /// <summary>A judge job.</summary>
    /// <exception cref="ConsensusApiException">There is no such job, or the API cannot be reached.</exception>
    public Task<JudgeJob> GetJudgeJobAsync(Guid jobId, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/scoring/jobs/{jobId:D}"), ConsensusJson.Default.JudgeJob, cancellationToken);

    /// <summary>Puts a dead letter back into the queue.</summary>
    /// <exception cref="ConsensusApiException">There is no such job, it is no dead letter, or the API cannot be reached.</exception>
    public Task<JudgeJob> RetryJudgeJobAsync(Guid jobId, CancellationToken cancellationToken = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, $"v1/scoring/jobs/{jobId:D}/retry"), ConsensusJson.Default.JudgeJob, cancellationToken);

    /// <summary>Begins an attempt at a job: it counts from now on.</summary>
    /// <exception cref="ConsensusApiException">There is no such job (<c>job_not_found</c>), it is not waiting (<c>job_finished</c>), or the API cannot be reached.</exception>
    public Task<JudgeWork> BeginJudgeJobAsync(Guid jobId, string worker, CancellationToken cancellationToken = default) => SendAsync(
        Post($"v1/scoring/jobs/{jobId:D}/attempts", new JudgeAttemptRequest(worker), Outgoing.JudgeAttemptRequest), ConsensusJson.Default.JudgeWork, cancellationToken);

    /// <summary>Brings what came of an attempt; the same once more changes nothing.</summary>
    /// <exception cref="ConsensusApiException">There is no such job, a score is refused, or the API cannot be reached.</exception>
    public Task<ScoreReceipt> SubmitScoresAsync(ScoreSubmission submission, CancellationToken cancellationToken = default) =>
        SendAsync(Post("v1/scores", submission, Outgoing.ScoreSubmission), ConsensusJson.Default.ScoreReceipt, cancellationToken);

    /// <summary>A page of scores, newest first.</summary>
    /// <exception cref="ConsensusApiException">A filter is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<Page<StoredScore>> ListScoresAsync(ScoreQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/scores" + query?.ToQueryString()), ConsensusJson.Default.PageStoredScore, cancellationToken);

    /// <summary>What judges made of each model.</summary>
    /// <exception cref="ConsensusApiException">A filter is refused, the run log is off, or the API cannot be reached.</exception>
    public Task<ModelScoreList> ListModelScoresAsync(ScoreQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/scores/models" + query?.ToQueryString()), ConsensusJson.Default.ModelScoreList, cancellationToken);

    /// <summary>What judges made of a run.</summary>
    /// <exception cref="ConsensusApiException">There is no such run, or the API cannot be reached.</exception>
    public Task<RunScores> GetRunScoresAsync(Guid runId, ScoreQuery? query = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/runs/{runId:D}/scores" + query?.ToQueryString()), ConsensusJson.Default.RunScores, cancellationToken);

    /// <summary>The scoring configuration in force.</summary>
    /// <exception cref="ConsensusApiException">The API cannot be reached, or refuses the key.</exception>
    public Task<VersionedScoringConfig> GetScoringConfigAsync(CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/scoring/config"), ConsensusJson.Default.VersionedScoringConfig, cancellationToken);

    /// <summary>A scoring configuration that is or was in force, by its version.</summary>
    /// <exception cref="ConsensusApiException">There is no such version (<c>scoring_config_not_found</c>), or the API cannot be reached.</exception>
    public Task<VersionedScoringConfig> GetScoringConfigAsync(string version, CancellationToken cancellationToken = default) =>
        SendAsync(Get($"v1/scoring/config/{Uri.EscapeDataString(version)}"), ConsensusJson.Default.VersionedScoringConfig, cancellationToken);

    /// <summary>Puts a scoring configuration in force.</summary>
    /// <exception cref="ConsensusApiException">The configuration or the key is refused, it cannot be stored, or the API cannot be reached.</exception>
    public Task<ScoringConfigReceipt> PutScoringConfigAsync(ScoringConfig config, CancellationToken cancellationToken = default) =>
        SendAsync(Put("v1/scoring/config", config, ConsensusJson.Default.ScoringConfig), ConsensusJson.Default.ScoringConfigReceipt, cancellationToken);

    /// <summary>A page of the configurations that came in force, newest first.</summary>
    /// <param name="cursor">The end of an earlier page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ConsensusApiException">The run log is off, or the API cannot be reached.</exception>
    public Task<Page<ScoringConfigChange>> ListScoringConfigsAsync(string? cursor = null, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/scoring/config/history" + QueryText.Of(("cursor", cursor))), ConsensusJson.Default.PageScoringConfigChange, cancellationToken);
}
