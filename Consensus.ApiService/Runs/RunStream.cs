using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.Contracts.Errors;
using Consensus.Contracts.Runs;
using Consensus.Storage.Runs;

namespace Consensus.ApiService.Runs;

/// <summary>
/// A run as server-sent events, each flushed as it happens, numbered from 1; a comment in every quiet interval keeps proxies from closing the connection.
/// Once the stream has begun, a failure is an <c>error</c> event; <c>done</c> always ends it. A caller who goes away cancels the run.
/// </summary>
internal sealed partial class RunStream(RunPlan plan, bool includesCandidates, RunConductor conductor) : IResult
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = Accepts.EventStream;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.Location = $"/v1/runs/{plan.RunId}";
        var events = Channel.CreateUnbounded<Frame>(new UnboundedChannelOptions { SingleReader = true });
        var run = ConductAsync(httpContext, events.Writer);
        try
        {
            await SendAsync(response, events.Reader, httpContext.RequestAborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The conductor has the same token; what had finished is logged as cancelled.
        }

        await run;
    }

    private async Task ConductAsync(HttpContext http, ChannelWriter<Frame> events)
    {
        try
        {
            var run = await conductor.ConductAsync(plan, new Watcher(events), http.RequestAborted);
            events.TryWrite(RunResult.Failure(run) is { } failure
                ? Failed(failure, http)
                : Frame.Of(RunEventNames.Verdict, RunResult.Sent(run, includesCandidates), WireJson.Default.ConsensusResponse));
        }
        catch (RunLogUnavailableException fault)
        {
            LogFault(Logger(http), fault, plan.RunId);
            events.TryWrite(Failed(new Problem(ErrorCatalog.RunLogUnavailable), http));
        }
        catch (Exception fault)
        {
            LogFault(Logger(http), fault, plan.RunId);
            events.TryWrite(Failed(new Problem(ErrorCatalog.InternalError), http));
        }
        finally
        {
            events.TryWrite(new Frame(RunEventNames.Done, "{}"u8.ToArray()));
            events.Complete();
        }
    }

    private static async Task SendAsync(HttpResponse response, ChannelReader<Frame> events, CancellationToken gone)
    {
        var id = 0;
        await response.StartAsync(gone);
        while (true)
        {
            var next = events.WaitToReadAsync(gone).AsTask();
            while (await Task.WhenAny(next, Task.Delay(Quiet, gone)) != next)
            {
                await response.WriteAsync(": still going\n\n", gone);
                await response.Body.FlushAsync(gone);
            }

            if (!await next)
            {
                return;
            }

            while (events.TryRead(out var frame))
            {
                await response.WriteAsync($"id: {++id}\nevent: {frame.Event}\ndata: ", gone);
                await response.Body.WriteAsync(frame.Data, gone);
                await response.WriteAsync("\n\n", gone);
                await response.Body.FlushAsync(gone);
            }
        }
    }

    private static Frame Failed(Problem problem, HttpContext http)
    {
        Telemetry.RunMetrics.RecordError(problem.Code);
        return Frame.Of(RunEventNames.Error, problem.Body(http), WireJson.Default.ProblemBody);
    }

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<RunStream>>();

    [LoggerMessage(LogLevel.Error, "The streamed run {RunId} failed")]
    private static partial void LogFault(ILogger logger, Exception fault, Guid runId);

    /// <summary>One event; JSON has no raw line breaks, so its data is one line.</summary>
    private readonly record struct Frame(string Event, ReadOnlyMemory<byte> Data)
    {
        public static Frame Of<T>(string name, T value, JsonTypeInfo<T> type) => new(name, JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    private sealed class Watcher(ChannelWriter<Frame> events) : IRunWatcher
    {
        public ValueTask StartedAsync(RunStarted started) => Write(RunEventNames.Run, started, WireJson.Default.RunStarted);

        public ValueTask CandidateAsync(CandidateBody candidate) => Write(RunEventNames.Candidate, candidate, WireJson.Default.CandidateBody);

        public ValueTask ClustersAsync(ClustersSoFar clusters) => Write(RunEventNames.Cluster, clusters, WireJson.Default.ClustersSoFar);

        private ValueTask Write<T>(string name, T value, JsonTypeInfo<T> type)
        {
            events.TryWrite(Frame.Of(name, value, type));
            return ValueTask.CompletedTask;
        }
    }
}
