using Consensus.ApiService.Runs.Live;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs.Starting;

/// <summary>From what came of asking for a run to what is sent, in the way that the caller wished for.</summary>
internal static class RunReply
{
    /// <summary>Says that the answer is that of an earlier request with the same key.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    public static async Task<IResult> OfAsync(RunStart start, RunWish wish, RunManner manner, RunLogOptions log, TimeProvider time) => start switch
    {
        { Refused: { } problem } => problem,
        { Going: { } going } => wish.RespondAsync ? new AcceptedRun(going) : RunClaims.InFlight(going.RunId),
        { Ended: { } run, IsReplay: true } => new ReplayedReply(
            wish.Streams ? new RunStream(RunFrames.Of(run), 0, RunLinks.Self(run.RunId), time) : RunResult.Of(run, manner.Included)),
        { Ended: { } run } => RunResult.Of(run, manner.Included),
        { Live: { } live } when wish.Streams => new RunStream(
            live.Events!, 0, log.Enabled ? RunLinks.Self(live.RunId) : null, time, wish.Outlives ? null : live.Ended),
        { Live: { } live } when wish.RespondAsync => await LaterAsync(live, wish, manner, time),
        { Live: { } live } => RunResult.Of(
            // Who goes away does not end a run that outlives its request; any other is waited for until it has seen that it is over.
            await (wish.Outlives ? live.Ended.WaitAsync(manner.CallerGone) : live.Ended), manner.Included),
        _ => throw new InvalidOperationException("A start has one of its four values."),
    };

    private static async Task<IResult> LaterAsync(LiveRun live, RunWish wish, RunManner manner, TimeProvider time)
    {
        try
        {
            return wish.Wait > TimeSpan.Zero
                ? RunResult.Of(await live.Ended.WaitAsync(wish.Wait, time, manner.CallerGone), manner.Included)
                : new AcceptedRun(live.Now);
        }
        catch (TimeoutException)
        {
            return new AcceptedRun(live.Now);
        }
    }
}

/// <summary>The answer to a request that was sent before.</summary>
internal sealed class ReplayedReply(IResult reply) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[RunReply.ReplayedHeader] = "true";
        return reply.ExecuteAsync(httpContext);
    }
}
