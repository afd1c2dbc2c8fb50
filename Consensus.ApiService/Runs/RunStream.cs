using Consensus.ApiService.Runs.Live;

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

        try
        {
            await new EventStream(httpContext.Response, time).SendAsync(events, after, httpContext.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The run has the same token, unless it outlives its request.
        }

        if (until is not null)
        {
            await until.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
