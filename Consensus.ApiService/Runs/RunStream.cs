using Consensus.ApiService.Http;
using Consensus.ApiService.Runs.Live;
using Consensus.ApiService.Telemetry;

namespace Consensus.ApiService.Runs;

/// <summary>
/// The events of a run as they are sent. Once the stream has begun, a failure is an <c>error</c> event; <c>done</c> always ends it. A run that does not outlive its
/// request is over when its caller has gone.
/// </summary>
/// <param name="events">The events.</param>
/// <param name="after">The number of the last one that the caller has; 0 for all.</param>
/// <param name="location">Where the run is or will be found; <c>null</c> where runs are not stored.</param>
/// <param name="time">The clock.</param>
/// <param name="until">What the request waits for before it ends; <c>null</c> for nothing.</param>
internal sealed class RunStream(RunEventLog events, int after, string? location, TimeProvider time, Task? until = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (location is not null)
        {
            httpContext.Response.Headers.Location = location;
        }

        await SendAsync(httpContext);
        if (until is not null)
        {
            await until.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task SendAsync(HttpContext http)
    {
        using var open = LiveMetrics.Stream(ApiPaths.OwnProtocol);
        try
        {
            await new EventStream(http.Response, time).SendAsync(events, after, http.RequestAborted);
            open.Completed();
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            open.CallerGone();
            // The run has the same token, unless it outlives its request.
        }
    }
}
