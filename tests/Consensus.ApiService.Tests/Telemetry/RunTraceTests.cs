using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Consensus.ApiService.Telemetry;
using Consensus.ApiService.Tests.Hosting;
using Consensus.LanguageModels.Telemetry;
using Consensus.Testing;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>One trace tells a run from the caller's request to its record.</summary>
public sealed class RunTraceTests(SharedApi shared)
{
    [Fact]
    public async Task TheTraceOfACallerHoldsTheRequestTheRunItsCallsAndItsStoring()
    {
        var trace = ActivityTraceId.CreateRandom();
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace)
                {
                    ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/consensus")
        {
            Content = new StringContent("""{"prompt":"What is 17 * 23?","answer":{"kind":"number"},"models":["sim/ada","sim/boole"]}""", Encoding.UTF8, "application/json"),
        };
        // A handler without the client's own instrumentation sends the header as it is.
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = shared.App.Address };
        using var response = await client.SendAsync(request);
        var run = await response.RunAsync();

        await Eventually.HoldsAsync(() => ended.Any(span => span.Kind == ActivityKind.Server), "the span of the request has not ended");
        var server = Assert.Single(ended, span => span.Kind == ActivityKind.Server);
        var whole = Assert.Single(ended, span => span.OperationName == ApiTelemetry.RunSpan);
        Assert.Equal((server.SpanId, run.RunId.ToString()), (whole.ParentSpanId, whole.GetTagItem("consensus.run.id")));
        var calls = ended.Where(span => span.Source.Name == LanguageModelTelemetry.SourceName).ToArray();
        Assert.Equal(["chat ada", "chat boole"], calls.Select(span => span.DisplayName).Order(StringComparer.Ordinal));
        var store = Assert.Single(ended, span => span.OperationName == ApiTelemetry.StoreSpan);
        Assert.All(calls.Append(store), span => Assert.Equal(whole.SpanId, span.ParentSpanId));
        Assert.All(ended, span => Assert.DoesNotContain("17 * 23", string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")), StringComparison.Ordinal));
    }
}
