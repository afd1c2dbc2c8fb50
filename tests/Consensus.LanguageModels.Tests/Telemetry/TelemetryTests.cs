using System.Diagnostics;
using System.Net;
using Consensus.LanguageModels.Telemetry;
using Consensus.LanguageModels.Tests.Support;
using Consensus.Testing;

namespace Consensus.LanguageModels.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static ModelHost Host(VerbatimHandler handler, string model, params (string, string?)[] more) =>
        new([("Providers:openai:Key", "sk-test"), ("Providers:openai:Models:0", model), ("Providers:openai:Retry:DelayMs", "0"), .. more], handler);

    [Fact]
    public async Task CallIsOneSpanByTheConventions()
    {
        await using var host = Host(VerbatimHandler.Answering(Bodies.OpenAi("391")), "span-ok");
        using var recorded = new Recorded(host);

        await host.AskAsync("openai/span-ok");

        var span = Assert.Single(recorded.SpansOf("span-ok"));
        Assert.Equal((LanguageModelTelemetry.SourceName, "chat span-ok", ActivityKind.Client), (span.Source.Name, span.DisplayName, span.Kind));
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("openai", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("gpt-4o-2024-08-06", span.GetTagItem("gen_ai.response.model"));
        Assert.Equal(["stop"], (string[])span.GetTagItem("gen_ai.response.finish_reasons")!);
        Assert.Equal((12L, 5L), ((long)span.GetTagItem("gen_ai.usage.input_tokens")!, (long)span.GetTagItem("gen_ai.usage.output_tokens")!));
        Assert.Equal("api.openai.com", span.GetTagItem("server.address"));
        Assert.Equal(1, span.GetTagItem("consensus.model.attempts"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task FailureIsAnErrorWithItsReason()
    {
        await using var host = Host(VerbatimHandler.Answering("{}", HttpStatusCode.ServiceUnavailable), "span-bad");
        using var recorded = new Recorded(host);

        await host.AskAsync("openai/span-bad");

        var span = Assert.Single(recorded.SpansOf("span-bad"));
        Assert.Equal((ActivityStatusCode.Error, "unavailable", 3), (span.Status, span.GetTagItem("error.type"), span.GetTagItem("consensus.model.attempts")));
        var call = Assert.Single(recorded.Of(LanguageModelTelemetry.Calls));
        Assert.Equal("openai/span-bad/unavailable", $"{call.Labels["provider"]}/{call.Labels["model"]}/{call.Labels["reason"]}");
        Assert.Equal(2, recorded.Of(LanguageModelTelemetry.Retries).Count);
        Assert.Equal("unavailable", Assert.Single(recorded.Of(LanguageModelTelemetry.OperationDuration)).Labels["error.type"]);
    }

    [Fact]
    public async Task TokensAndDurationAreMeasuredWithBoundedLabels()
    {
        await using var host = Host(VerbatimHandler.Answering(Bodies.OpenAi("391")), "measured");
        using var recorded = new Recorded(host);

        await host.AskAsync("openai/measured");

        Assert.Equal([("input", 12.0), ("output", 5.0)], recorded.Of(LanguageModelTelemetry.TokenUsage).Select(m => ((string)m.Labels["gen_ai.token.type"]!, m.Value)));
        string[] labels = ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "server.address", "server.port"];
        Assert.Equal(labels, Assert.Single(recorded.Of(LanguageModelTelemetry.OperationDuration)).Labels.Keys);
    }

    [Fact]
    public async Task AnsweredCallIsCountedOnceWithItsCostWhereAPriceIsKnown()
    {
        (string, string?)[] prices = [("Providers:openai:Models:0:Name", "priced"), ("Providers:openai:Models:0:InputUsdPerMillion", "1000"), ("Providers:openai:Models:0:OutputUsdPerMillion", "2000")];
        await using var host = new ModelHost([("Providers:openai:Key", "sk-test"), .. prices, ("Providers:openai:Models:1", "free")], VerbatimHandler.Answering(Bodies.OpenAi("391")));
        using var recorded = new Recorded(host);

        await host.AskAsync("openai/priced");
        await host.AskAsync("openai/free");

        Assert.Equal([("priced", "none", 1.0), ("free", "none", 1.0)], recorded.Of(LanguageModelTelemetry.Calls).Select(m => ((string)m.Labels["model"]!, (string)m.Labels["reason"]!, m.Value)));
        var cost = Assert.Single(recorded.Of(LanguageModelTelemetry.Cost));
        Assert.Equal(("priced", 0.022), ((string)cost.Labels["model"]!, Math.Round(cost.Value, 9)));
        Assert.Equal("free", Assert.Single(recorded.Of(LanguageModelTelemetry.UnpricedCalls)).Labels["model"]);
        Assert.Equal([1, -1, 1, -1], recorded.Of(LanguageModelTelemetry.ActiveCalls).Select(m => (int)m.Value));
    }

    [Fact]
    public async Task WaitForAPlaceIsMeasuredAndSeenWhileItLasts()
    {
        var gate = new TaskCompletionSource();
        var handler = new VerbatimHandler
        {
            Answer = async (_, _) =>
            {
                await gate.Task;
                return VerbatimHandler.Json(Bodies.OpenAi("ok"));
            },
        };
        var time = new WatchedTime();
        await using var host = ModelHost.OpenAi(handler, time, ("Providers:openai:MaxConcurrency", "1"));
        using var recorded = new Recorded(host);
        var first = host.AskAsync();
        await Eventually.HoldsAsync(() => handler.Requests.Count == 1, "the first was not sent");
        var second = host.AskAsync();
        var third = host.AskAsync(timeout: TimeSpan.FromSeconds(5));
        await time.UntilWaitingForAsync(TimeSpan.FromSeconds(5));

        recorded.Observe();
        Assert.Equal(
            [(LanguageModelTelemetry.Places, 1.0), (LanguageModelTelemetry.PlacesTaken, 1.0), (LanguageModelTelemetry.Waiting, 2.0)],
            new[] { LanguageModelTelemetry.Places, LanguageModelTelemetry.PlacesTaken, LanguageModelTelemetry.Waiting }.Select(name => (name, Assert.Single(recorded.Of(name)).Value)));

        time.Advance(TimeSpan.FromSeconds(5));
        await third;
        gate.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal([("placed", 0.0), ("given_up", 5.0), ("placed", 5.0)], recorded.Of(LanguageModelTelemetry.PlaceWait).Select(m => ((string)m.Labels["result"]!, m.Value)));
    }

    [Fact]
    public async Task WhatAProviderSaysOfItselfIsInNoMetric()
    {
        var body = Bodies.OpenAi("391").Replace("gpt-4o-2024-08-06", "hostile-model", StringComparison.Ordinal).Replace("\"stop\"", "\"hostile_end\"", StringComparison.Ordinal);
        await using var host = Host(VerbatimHandler.Answering(body), "bounded");
        using var recorded = new Recorded(host);

        await host.AskAsync("openai/bounded");
        recorded.Observe();

        var span = Assert.Single(recorded.SpansOf("bounded"));
        Assert.Equal(("hostile-model", "hostile_end"), ((string?)span.GetTagItem("gen_ai.response.model"), ((string[])span.GetTagItem("gen_ai.response.finish_reasons")!)[0]));
        Assert.DoesNotContain("hostile", recorded.MeasuredText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "https://api.openai.com/v1", "openai")]
    [InlineData("openai", "https://team.openai.azure.com/openai/v1", "azure.ai.openai")]
    [InlineData("openai", "https://api.mistral.ai/v1", "mistral_ai")]
    [InlineData("openai", "https://europe-west1-aiplatform.googleapis.com/v1", "gcp.vertex_ai")]
    [InlineData("openai", "https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1", "aws.bedrock")]
    [InlineData("openai", "https://mine.elb.amazonaws.com/v1", "configured")]
    [InlineData("openai", "http://localhost:8000/v1", "configured")]
    [InlineData("openai", "https://api.openai.com.evil.example/v1", "configured")]
    [InlineData("anthropic", "https://gateway.example/anthropic", "anthropic")]
    [InlineData("ollama", "http://localhost:11434", "configured")]
    public void ProviderIsNamedByTheConventionsWhereTheyHaveAWord(string kind, string endpoint, string expected) =>
        Assert.Equal(expected, ProviderFlavor.Of(kind, new Uri(endpoint), "configured"));

    [Fact]
    public async Task BreakerStateIsObserved()
    {
        var handler = VerbatimHandler.Answering("{}", HttpStatusCode.ServiceUnavailable);
        await using var host = Host(handler, "broken", ("Providers:openai:Breaker:MinimumCalls", "3"));
        using var recorded = new Recorded(host);
        host.Caller.WorstCaseCost(ModelHost.Call("openai/broken"));
        await host.AskAsync("openai/broken");

        recorded.Observe();

        var state = Assert.Single(recorded.Of(LanguageModelTelemetry.BreakerState));
        Assert.Equal((2.0, "broken"), (state.Value, (string)state.Labels["model"]!));
        Assert.Equal("broken", Assert.Single(recorded.Of(LanguageModelTelemetry.BreakerOpened), m => m.Value > 0).Labels["model"]);
        Assert.Contains("The breaker of openai/broken is open", host.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingOfPromptOrAnswerIsCapturedWhateverTheVariableSays()
    {
        const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
        var before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "true");
        try
        {
            await using var host = Host(VerbatimHandler.Answering(Bodies.OpenAi("three-nine-one")), "silent");
            using var recorded = new Recorded(host);

            await host.AskAsync("openai/silent");

            Assert.NotEmpty(recorded.SpansOf("silent"));
            Assert.DoesNotContain(recorded.SpansOf("silent"), s => s.TagObjects.Any(t => t.Key.EndsWith(".messages", StringComparison.Ordinal)));
            Assert.DoesNotContain("three-nine-one", host.Logs.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("17 * 23", host.Logs.Text, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Fact]
    public async Task ContentIsCapturedUnderOurOwnSetting()
    {
        await using var host = Host(VerbatimHandler.Answering(Bodies.OpenAi("391")), "loud", ("Telemetry:CaptureContent", "true"));
        using var recorded = new Recorded(host);

        await host.AskAsync("openai/loud");

        var span = Assert.Single(recorded.SpansOf("loud"));
        AssertJson.Same("""[{"role":"user","parts":[{"type":"text","content":"What is 17 * 23?"}]}]""", (string)span.GetTagItem("gen_ai.input.messages")!);
        AssertJson.Same("""[{"role":"assistant","parts":[{"type":"text","content":"391"}],"finish_reason":"stop"}]""", (string)span.GetTagItem("gen_ai.output.messages")!);
    }
}
