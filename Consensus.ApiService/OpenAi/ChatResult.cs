using Consensus.ApiService.Errors;
using Consensus.ApiService.Http;
using Consensus.ApiService.Runs;
using Consensus.ApiService.Runs.Starting;
using Consensus.ApiService.Telemetry;
using Consensus.Contracts.Runs;

namespace Consensus.ApiService.OpenAi;

/// <summary>Conducts the run of a chat completion and answers with it, whole or as events.</summary>
/// <param name="asked">What was asked for.</param>
/// <param name="plan">The run.</param>
/// <param name="included">Whether the member <c>consensus</c> has the candidates.</param>
/// <param name="conduct">Conducts the run.</param>
/// <param name="time">The clock.</param>
internal sealed class ChatResult(ChatAsked asked, RunPlan plan, IncludedParts included, Func<Task<RunStart>> conduct, TimeProvider time) : IResult
{
    private const int IgnoredNames = 20;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers[ConsensusHeaders.RunId] = plan.RunId.ToString();
        if (asked.Ignored.Where(IsName).Take(IgnoredNames).ToList() is { Count: > 0 } ignored)
        {
            httpContext.Response.Headers[ConsensusHeaders.Ignored] = string.Join(", ", ignored);
        }

        return asked.Streams ? StreamAsync(httpContext) : AnswerAsync(httpContext);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var start = await conduct();
        if (await BeginAsync(start, http) is { } run)
        {
            await http.Response.WriteAsJsonAsync(Mapping(run).Whole(run), OpenAiWire.Default.ChatCompletion, "application/json; charset=utf-8", http.RequestAborted);
        }
    }

    private async Task StreamAsync(HttpContext http)
    {
        var stream = new ChatStream(http.Response, time);
        using var open = LiveMetrics.Stream(ApiPaths.OpenAiProtocol);
        var conducting = conduct();
        try
        {
            await stream.WaitAsync(conducting, http.RequestAborted);
            var start = await conducting;
            if (http.Response.HasStarted)
            {
                await (ProblemOf(start) is { } problem ? FailAsync(stream, problem, http) : stream.SendAsync(Mapping(start.Ended!).Events(start.Ended!), http.RequestAborted));
            }
            else if (await BeginAsync(start, http) is { } run)
            {
                await stream.SendAsync(Mapping(run).Events(run), http.RequestAborted);
            }

            if (http.RequestAborted.IsCancellationRequested)
            {
                open.CallerGone();
            }
            else
            {
                open.Completed();
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            open.CallerGone();
            // The run has the same token; it is over before this request is, unless it outlives it.
            await ((Task)conducting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception fault) when (http.Response.HasStarted)
        {
            // It has been logged where the run was conducted.
            await FailAsync(stream, FaultBarrier.ProblemOf(fault), http);
        }
    }

    /// <summary>Sets the headers of a run that was decided; any other is answered here, and <c>null</c> is returned.</summary>
    private static async Task<ConsensusResponse?> BeginAsync(RunStart start, HttpContext http)
    {
        if (ProblemOf(start) is { } problem)
        {
            http.Response.Headers.Remove(ConsensusHeaders.RunId);
            await problem.ExecuteAsync(http);
            return null;
        }

        if (start.Ended is not { Status: RunStatus.Completed } run)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // For the log: nobody is there to read it.
            return null;
        }

        ConsensusHeaders.Set(http.Response.Headers, run);
        if (start.IsReplay)
        {
            http.Response.Headers[RunReply.ReplayedHeader] = "true";
        }

        return run;
    }

    private static Problem? ProblemOf(RunStart start) => start.Refused ?? (start.Ended is { } run ? RunResult.Failure(run) : null);

    private Task FailAsync(ChatStream stream, Problem problem, HttpContext http)
    {
        ErrorMetrics.Record(problem.Code, http);
        return stream.SendAsync(new ChatMapping(asked, plan.RunId, plan.CreatedAt, included).Failed(OpenAiError.Of(problem, http)), http.RequestAborted);
    }

    private ChatMapping Mapping(ConsensusResponse run) => new(asked, run.RunId, run.CreatedAt, included);

    // Names are the caller's own: what is no plain word does not go into a header.
    private static bool IsName(string name) => name is { Length: > 0 and <= Contracts.Limits.LabelCharacters } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
