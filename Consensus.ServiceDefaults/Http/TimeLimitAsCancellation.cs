using Polly.Timeout;

namespace Consensus.ServiceDefaults.Http;

/// <summary>Tells a passed time limit as <see cref="HttpClient"/> tells its own, so that callers need not know what keeps the time.</summary>
internal sealed class TimeLimitAsCancellation : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (TimeoutRejectedException passed)
        {
            throw new TaskCanceledException(passed.Message, new TimeoutException(passed.Message, passed));
        }
    }
}
