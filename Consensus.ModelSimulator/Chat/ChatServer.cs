using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Models;
using Consensus.ModelSimulator.Wording;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Chat;

/// <summary>A validated request.</summary>
internal sealed record ChatTask(ChatRequest Request, ModelProfile Model, Conversation Conversation)
{
    public bool Streams => Request.Stream == true;

    /// <summary>A request without a seed is one with the seed 0.</summary>
    public long Seed => Request.Seed ?? 0;
}

/// <summary>Answers a request after its latency, as the fault has it.</summary>
internal sealed class ChatServer(Composer composer, Competence competence, IOptions<SimulatorOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>The share of a streamed answer's latency that passes before its first byte.</summary>
    private const double FirstByteShare = 0.4;

    public async Task ServeAsync(HttpContext http, ChatTask task, Fault? fault)
    {
        // A stop of the server ends whatever waits on purpose; so does the bound.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.HangBoundMs), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, bound.Token);
        try
        {
            await (fault is null ? AnswerAsync(http, task, null, stop.Token) : FailAsync(http, task, fault, stop.Token));
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            await http.WriteErrorAsync(ApiError.TimedOut());
        }
    }

    private async Task FailAsync(HttpContext http, ChatTask task, Fault fault, CancellationToken stop)
    {
        switch (fault.Kind)
        {
            case FaultKind.Timeout:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
                break;
            case FaultKind.RateLimit:
                await WaitAsync(fault.Options.LatencyMs ?? 0, stop);
                if (fault.Options.RetryAfterSeconds >= 0)
                {
                    http.Response.Headers.RetryAfter = fault.Options.RetryAfterSeconds.ToString(null, null);
                }

                await http.WriteErrorAsync(ApiError.RateLimit(task.Model.Id));
                break;
            case FaultKind.ServerError:
                await WaitAsync(fault.Options.LatencyMs ?? 0, stop);
                await http.WriteErrorAsync(ApiError.Server(fault.Options.Status));
                break;
            default:
                await AnswerAsync(http, task, fault, stop);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext http, ChatTask task, Fault? fault, CancellationToken stop)
    {
        var latency = LatencyOf(task, fault);
        await WaitAsync(task.Streams ? latency * FirstByteShare : latency, stop);
        var replies = Replies(task, fault);
        var body = task.Streams ? ChatStream.Events(task, replies, time.GetUtcNow()) : [ChatBody.Of(task, replies, time.GetUtcNow())];
        if (fault?.Kind == FaultKind.Malformed)
        {
            body = [.. body.Select((part, index) => index == body.Count / 2 ? ChatBody.Broken(part, task.Streams) : part)];
        }

        http.Response.ContentType = task.Streams ? "text/event-stream" : "application/json";
        http.Response.Headers.CacheControl = "no-cache";
        var delivery = new Delivery(http, time, stop);
        await (fault?.Kind switch
        {
            FaultKind.Truncate => delivery.TruncateAsync(body, fault.Options.Clean),
            FaultKind.Trickle => delivery.TrickleAsync(body, fault.Options.LatencyMs),
            _ => delivery.SendAsync(body, pauseMs: task.Streams ? latency * (1 - FirstByteShare) / body.Count : 0),
        });
    }

    private List<Reply> Replies(ChatTask task, Fault? fault)
    {
        var replies = new List<Reply>(task.Request.N ?? 1);
        for (var i = 0; i < (task.Request.N ?? 1); i++)
        {
            replies.Add(fault?.Kind switch
            {
                FaultKind.Empty => Reply.Empty,
                FaultKind.Refusal => Reply.Refused(Statements.Refusal(task.Model)),
                _ => composer.Compose(task.Model, task.Conversation, unchecked(task.Seed + i))
                    .Cut(ChatValidation.Stops(task.Request.Stop)!, task.Request.MaxCompletionTokens ?? task.Request.MaxTokens),
            });
        }

        return replies;
    }

    // A trickle's latency is the pause between its bytes.
    private double LatencyOf(ChatTask task, Fault? fault) => fault switch
    {
        { Kind: FaultKind.Trickle } => 0,
        { Options.LatencyMs: { } set } => set,
        _ => task.Model.LatencyMs(competence.Draw(task.Model, task.Conversation, task.Seed)) * options.Value.LatencyScale,
    };

    private Task WaitAsync(double milliseconds, CancellationToken stop) =>
        milliseconds < 1 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(Math.Min(milliseconds, options.Value.HangBoundMs)), time, stop);
}
