using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>
/// A run as server-sent events. Once the stream has begun, a failure is an <c>error</c> event; <c>done</c> always ends it. A caller who goes away cancels the run.
/// </summary>
internal sealed partial class RunStream(RunPlan plan, bool includesCandidates, RunConductor conductor, TimeProvider time) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (conductor.LocationOf(plan.RunId) is { } location)
        {
            response.Headers.Location = location;
        }

        var events = Channel.CreateUnbounded<EventFrame>(new UnboundedChannelOptions { SingleReader = true });
        var run = ConductAsync(httpContext, events.Writer);
        try
        {
            await new EventStream(response, time).SendAsync(events.Reader, httpContext.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The conductor has the same token; what had finished is logged as cancelled.
        }

        await run;
    }

    private async Task ConductAsync(HttpContext http, ChannelWriter<EventFrame> events)
    {
        try
        {
            var run = await conductor.ConductAsync(plan, new Watcher(events), http.RequestAborted);
            if (run.Status != RunStatus.Cancelled)
            {
                events.TryWrite(RunResult.Failure(run) is { } failure
                    ? Failed(failure, http)
                    : EventFrame.Of(RunEventNames.Verdict, RunResult.Sent(run, includesCandidates), WireJson.Default.ConsensusResponse));
            }
        }
        catch (RunLogUnavailableException fault)
        {
            LogRunLog(Logger(http), fault, plan.RunId);
            events.TryWrite(Failed(new Problem(ErrorCatalog.RunLogUnavailable), http));
        }
        catch (Exception fault)
        {
            LogFault(Logger(http), plan.RunId, FaultText.Of(fault));
            events.TryWrite(Failed(new Problem(ErrorCatalog.InternalError), http));
        }
        finally
        {
            events.TryWrite(new EventFrame(RunEventNames.Done, "{}"u8.ToArray()));
            events.Complete();
        }
    }

    private static EventFrame Failed(Problem problem, HttpContext http)
    {
        Telemetry.RunMetrics.RecordError(problem.Code);
        return EventFrame.Of(RunEventNames.Error, problem.Body(http), WireJson.Default.ProblemBody);
    }

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<RunStream>>();

    [LoggerMessage(LogLevel.Error, "The streamed run {RunId} failed: {Fault}")]
    private static partial void LogFault(ILogger logger, Guid runId, string fault);

    [LoggerMessage(LogLevel.Error, "The streamed run {RunId} could not be stored")]
    private static partial void LogRunLog(ILogger logger, Exception fault, Guid runId);

    private sealed class Watcher(ChannelWriter<EventFrame> events) : IRunWatcher
    {
        public ValueTask StartedAsync(RunStarted started) => Write(RunEventNames.Run, started, WireJson.Default.RunStarted);

        public ValueTask CandidateAsync(CandidateBody candidate) => Write(RunEventNames.Candidate, candidate, WireJson.Default.CandidateBody);

        public ValueTask ClustersAsync(ClustersSoFar clusters) => Write(RunEventNames.Cluster, clusters, WireJson.Default.ClustersSoFar);

        public ValueTask StepAsync(StepBody step) => Write(RunEventNames.Step, step, WireJson.Default.StepBody);

        private ValueTask Write<T>(string name, T value, JsonTypeInfo<T> type)
        {
            events.TryWrite(EventFrame.Of(name, value, type));
            return ValueTask.CompletedTask;
        }
    }
}
