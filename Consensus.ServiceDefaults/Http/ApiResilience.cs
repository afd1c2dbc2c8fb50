using Consensus.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Microsoft.Extensions.Hosting;

/// <summary>Resilience of clients of our own API.</summary>
public static class ApiResilience
{
    private static readonly TimeSpan s_readTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_runTimeout = TimeSpan.FromMilliseconds(Limits.MaxDeadlineMs) + TimeSpan.FromSeconds(30);

    /// <summary>Repeats failed reads (GET, HEAD, OPTIONS) up to three times with growing, jittered pauses; never repeats a method that may change something.</summary>
    /// <remarks>A read has ten seconds for each attempt until its headers arrive; any other request has the longest deadline of a run plus half a minute.</remarks>
    public static IHttpClientBuilder AddStandardApiResilience(this IHttpClientBuilder builder)
    {
        builder.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        builder.AddResilienceHandler("api", pipeline => pipeline
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(
                    IsSafe(args.Outcome.Result?.RequestMessage ?? args.Context.GetRequestMessage()) && HttpClientResiliencePredicates.IsTransient(args.Outcome)),
            })
            .AddTimeout(new HttpTimeoutStrategyOptions
            {
                TimeoutGenerator = args => ValueTask.FromResult(IsSafe(args.Context.GetRequestMessage()) ? s_readTimeout : s_runTimeout),
            }));
        return builder;
    }

    private static bool IsSafe(HttpRequestMessage? request) =>
        request is not null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options);
}
