using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Consensus.LanguageModels.Caching;
using Consensus.LanguageModels.Telemetry;
using Consensus.LanguageModels.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.LanguageModels.Tests.Caching;

public sealed class CachedHostTests
{
    [Fact]
    public async Task AHitSendsNothingToTheProvider()
    {
        var handler = VerbatimHandler.Answering(Bodies.OpenAi("ok"));
        await using var host = Host([("Providers:openai:Key", "sk-test"), ("Providers:openai:Models:0:Name", "gpt-4o")], handler);
        Assert.Equal([("ok", false, 1), ("ok", true, 0)], await TwiceAsync(host, "openai/gpt-4o"));
        Assert.Single(handler.Requests);
    }

    /// <summary>The cache asks on a thread of its own.</summary>
    [Fact]
    public async Task TheCallThatIsMadeBelongsToTheTraceAndTheFlowOfWhoAsked()
    {
        using var source = new ActivitySource("test");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = from => from.Name is "test" or LanguageModelTelemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var flow = new AsyncLocal<string?> { Value = "mine" };
        string? seen = null;
        var handler = VerbatimHandler.Answering(_ =>
        {
            seen = flow.Value;
            return VerbatimHandler.Json(Bodies.OpenAi("ok"));
        });
        await using var host = Host([("Providers:openai:Key", "sk-test"), ("Providers:openai:Models:0:Name", "gpt-4o")], handler);
        using var run = source.StartActivity("run")!;
        await TwiceAsync(host, "openai/gpt-4o");

        Assert.Equal(run.SpanId, Assert.Single(spans, span => span.OperationName == "chat gpt-4o" && span.TraceId == run.TraceId).ParentSpanId);
        Assert.Equal("mine", seen);
    }

    /// <summary>Neither a temperature nor a seed goes there, so that an answer is one draw of many.</summary>
    [Fact]
    public async Task NothingOfAnthropicIsKept()
    {
        var handler = VerbatimHandler.Answering(Bodies.Anthropic("ok"));
        await using var host = Host([("Providers:anthropic:Key", "sk-test"), ("Providers:anthropic:Models:0:Name", "claude-sonnet-4-5")], handler);
        Assert.Equal([("ok", false, 1), ("ok", false, 1)], await TwiceAsync(host, "anthropic/claude-sonnet-4-5"));
        Assert.All(handler.Requests, sent => Assert.DoesNotContain("temperature", sent.Body, StringComparison.Ordinal));
    }

    private static ModelHost Host((string, string?)[] settings, VerbatimHandler handler) => new(
        settings, handler, time: null, services => services.AddAnswerCache(
            new AnswerCacheSettings(TimeSpan.FromHours(1), 1_000_000, Shared: false), new AnswerVault(SHA256.HashData("test"u8)), static _ => null));

    private static async Task<List<(string? Text, bool Cached, int Attempts)>> TwiceAsync(ModelHost host, string model)
    {
        List<(string?, bool, int)> replies = [];
        for (var i = 0; i < 2; i++)
        {
            var reply = await host.Services.GetRequiredService<AnswerCache>().AskAsync(
                ModelHost.Call(model) with { Temperature = 0, Seed = 1, Cache = new AnswerCaching("alice") }, TestContext.Current.CancellationToken);
            replies.Add((reply.Text, reply.Cached, reply.Attempts));
        }

        return replies;
    }
}
