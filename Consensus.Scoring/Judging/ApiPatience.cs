using Consensus.Contracts.Client;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Consensus.Scoring.Judging;

/// <summary>
/// Asks the API until it answers: while it is away, draining, cannot write its log or does not take the worker's key, growing and jittered pauses lie between.
/// Every question of a worker may be repeated: an attempt that is begun twice costs an attempt, scores are stored once.
/// </summary>
internal sealed partial class ApiPatience
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;

    public ApiPatience(TimeProvider time, ILogger<ApiPatience> logger)
    {
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<ConsensusApiException>(MayPass),
                OnRetry = Tell,
            })
            .Build();
    }

    /// <exception cref="ConsensusApiException">The API refuses, and will again.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(static async (ask, cancel) => await ask(cancel), question, cancellationToken).AsTask();

    private static bool MayPass(ConsensusApiException failure) => failure.Problem switch
    {
        { Retryable: true } or { Status: 401 or 403 or 408 or 429 or >= 500 } => true,
        { Code: ClientErrorCodes.Unreachable or ClientErrorCodes.ConnectionLost or ClientErrorCodes.TimedOut or ClientErrorCodes.UnexpectedResponse } => true,
        _ => false,
    };

    // The first failure and then every tenth: a long absence is a few lines, not thousands.
    private ValueTask Tell(OnRetryArguments<object> retry)
    {
        if (retry.AttemptNumber % 10 == 0)
        {
            LogAway(retry.Outcome.Exception?.Message, retry.AttemptNumber + 1);
        }

        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "The API does not take it ({Explanation}); tried {Count} times, and on")]
    private partial void LogAway(string? explanation, int count);
}
