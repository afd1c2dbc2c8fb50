using System.Diagnostics;
using System.Net;
using Consensus.LanguageModels.Telemetry;
using Consensus.LanguageModels.Tests.Support;

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
        var failure = Assert.Single(recorded.Of(LanguageModelTelemetry.Failures));
        Assert.Equal(["openai/span-bad/unavailable"], [$"{failure.Labels["provider"]}/{failure.Labels["model"]}/{failure.Labels["reason"]}"]);
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
        AssertJson.Same("""[{"role":"assistant","parts":[{"type":"text","content":"391"}]}]""", (string)span.GetTagItem("gen_ai.output.messages")!);
    }
}
