using Consensus.Contracts;
using Consensus.ServiceDefaults.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Microsoft.Extensions.Hosting;

/// <summary>Resilience of clients of our own API.</summary>
public static class ApiResilience
{
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_read = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_run = TimeSpan.FromMilliseconds(Limits.MaxDeadlineMs) + TimeSpan.FromSeconds(30);

    /// <summary>Repeats failed reads (GET, HEAD, OPTIONS) up to three times with growing, jittered pauses; never repeats a method that may change something.</summary>
    /// <remarks>
    /// A read has ten seconds for each attempt and thirty in all until its body is there; any other request has the longest deadline of a run plus half a
    /// minute until its headers arrive, and its stream as long as the caller listens. A limit that passes is a cancellation, as of <see cref="HttpClient.Timeout"/>.
    /// </remarks>
    public static IHttpClientBuilder AddStandardApiResilience(this IHttpClientBuilder builder) => builder.AddApiResilience(s_attempt, s_read);

    internal static IHttpClientBuilder AddApiResilience(this IHttpClientBuilder builder, TimeSpan attempt, TimeSpan read)
    {
        builder.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        builder.AddHttpMessageHandler(() => new TimeLimitAsCancellation());
        builder.AddResilienceHandler("api", pipeline => pipeline
            .AddTimeout(Limit(read))
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(
                    SafeRequest.Is(args.Outcome.Result?.RequestMessage ?? args.Context.GetRequestMessage()) && HttpClientResiliencePredicates.IsTransient(args.Outcome)),
            })
            .AddTimeout(Limit(attempt)));
        builder.AddHttpMessageHandler(() => new WholeReads());
        return builder;
    }

    private static HttpTimeoutStrategyOptions Limit(TimeSpan read) => new()
    {
        TimeoutGenerator = args => ValueTask.FromResult(SafeRequest.Is(args.Context.GetRequestMessage()) ? read : s_run),
    };
}
