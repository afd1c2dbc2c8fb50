using Consensus.ModelSimulator.Errors;
using Consensus.ModelSimulator.Faults;
using Consensus.ModelSimulator.Hosting;
using Consensus.ModelSimulator.Stats;
using Microsoft.Extensions.Options;

namespace Consensus.ModelSimulator.Serving;

/// <summary>What a model answers to a request when no fault prevents it.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="LatencyMs">The usual latency.</param>
/// <param name="Streams">Whether the answer is sent as events.</param>
/// <param name="Parts">Writes the body, or the events of a stream; the fault is one that changes what is said.</param>
internal sealed record Response(string Model, double LatencyMs, bool Streams, Func<FaultKind?, IReadOnlyList<byte[]>> Parts)
{
    /// <summary>What a refusal is where the body has no place for one.</summary>
    public ApiError? Refusal { get; init; }
}

/// <summary>Answers a request after its latency, as the fault has it.</summary>
internal sealed class Responder(RequestCounters counters, IOptions<SimulatorOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>The share of a streamed answer's usual latency that passes before its first byte.</summary>
    private const double FirstByteShare = 0.4;

    public async Task ServeAsync(HttpContext http, Response response, Fault? fault)
    {
        var counter = counters.Of(response.Model);
        counter.Enter(fault?.Kind);
        try
        {
            await ServeWithinBoundAsync(http, response, fault);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left; the counter says so.
        }
        finally
        {
            counter.Leave(http.RequestAborted.IsCancellationRequested);
        }
    }

    private async Task ServeWithinBoundAsync(HttpContext http, Response response, Fault? fault)
    {
        // A stop of the server ends whatever waits on purpose; so does the bound.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var bound = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Value.HangBoundMs), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token, bound.Token);
        try
        {
            await (fault is null ? AnswerAsync(http, response, null, stop.Token) : FailAsync(http, response, fault, stop.Token));
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            // Nothing is left of the answer that was about to be sent, its length above all.
            http.Response.Clear();
            await http.WriteErrorAsync(ApiError.TimedOut());
        }
    }

    private async Task FailAsync(HttpContext http, Response response, Fault fault, CancellationToken stop)
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

                await http.WriteErrorAsync(ApiError.RateLimit(response.Model));
                break;
            case FaultKind.ServerError:
                await WaitAsync(fault.Options.LatencyMs ?? 0, stop);
                await http.WriteErrorAsync(ApiError.Server(fault.Options.Status));
                break;
            case FaultKind.Refusal when response.Refusal is { } refusal:
                await WaitAsync(fault.Options.LatencyMs ?? response.LatencyMs, stop);
                await http.WriteErrorAsync(refusal);
                break;
            default:
                await AnswerAsync(http, response, fault, stop);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext http, Response response, Fault? fault, CancellationToken stop)
    {
        var (before, after) = Latency(response, fault);
        await WaitAsync(before, stop);
        var parts = response.Parts(fault?.Kind);
        if (fault?.Kind == FaultKind.Malformed)
        {
            parts = [.. parts.Select((part, index) => index == parts.Count / 2 ? Broken(part, response.Streams) : part)];
        }

        http.Response.ContentType = response.Streams ? "text/event-stream" : "application/json";
        http.Response.Headers.CacheControl = "no-cache";
        var delivery = new Delivery(http, time, stop);
        await (fault?.Kind switch
        {
            FaultKind.Truncate => delivery.TruncateAsync(parts, fault.Options.Clean),
            FaultKind.Trickle => delivery.TrickleAsync(parts, fault.Options.LatencyMs),
            _ => delivery.SendAsync(parts, pauseMs: after / Math.Max(1, parts.Count - 1)),
        });
    }

    // How long to wait before the first byte, and between it and the last. A latency that a fault sets passes before the first byte; that of a trickle is the pause between its bytes.
    private static (double Before, double After) Latency(Response response, Fault? fault) => fault switch
    {
        { Kind: FaultKind.Trickle } => (0, 0),
        { Options.LatencyMs: { } set } => (set, 0),
        _ when response.Streams => (response.LatencyMs * FirstByteShare, response.LatencyMs * (1 - FirstByteShare)),
        _ => (response.LatencyMs, 0),
    };

    // What is longer than the bound is cut by the bound, not here: two timers for the same moment would race.
    private Task WaitAsync(double milliseconds, CancellationToken stop) =>
        milliseconds < 1 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)), time, stop);

    // The JSON with its second half replaced by something that is none.
    private static byte[] Broken(byte[] json, bool isEvent) => [.. json.AsSpan(0, json.Length / 2), .. isEvent ? "<html>oops\n\n"u8 : "<html>oops"u8];
}
