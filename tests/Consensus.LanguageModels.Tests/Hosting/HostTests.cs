using System.Net;
using Consensus.Contracts.Runs;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Tests.Support;
using Consensus.ModelSimulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Consensus.LanguageModels.Tests.Hosting;

/// <summary>The language models inside a host with defaults of its own.</summary>
public sealed class HostTests
{
    private static HostApplicationBuilder Builder(params (string Key, string? Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)));
        return builder;
    }

    [Fact]
    public async Task ServiceDiscoveryOfTheHostFindsTheSimulator()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var builder = Builder(("services:models:http:0", simulator.BaseAddress.AbsoluteUri));
        builder.AddServiceDefaults();
        builder.Services.AddLanguageModels(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();

        var reply = await host.Services.GetRequiredService<ModelCaller>().AskAsync(ModelHost.Call("sim/ada"), default);

        Assert.True(reply.Failure is null, reply.FailureMessage);
        await host.StopAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StandardResilienceHandlerOfTheHostDoesNotReachModelCalls(bool before)
    {
        var handler = VerbatimHandler.Answering(_ => VerbatimHandler.Json("{}", HttpStatusCode.InternalServerError));
        var builder = Builder();
        void AddStandard() => builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        if (before)
            AddStandard();
        builder.Services.AddLanguageModels(builder.Configuration);
        if (!before)
            AddStandard();
        builder.Services.AddHttpClient(LanguageModelServices.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => handler);
        builder.Configuration["Providers:sim:Retry:MaxAttempts"] = "1";
        using var host = builder.Build();

        var reply = await host.Services.GetRequiredService<ModelCaller>().AskAsync(ModelHost.Call("sim/ada"), default);

        Assert.Equal(FailureReason.Unavailable, reply.Failure);
        Assert.Single(handler.Requests);
        Assert.Equal(Timeout.InfiniteTimeSpan, host.Services.GetRequiredService<IHttpClientFactory>().CreateClient(LanguageModelServices.HttpClientName).Timeout);
    }

    [Fact]
    public async Task EveryErrorEndsTheStartAtOnceAndNoneNamesTheKey()
    {
        const string Canary = "sk-canary-7f3a";
        var builder = Builder(
            ("Providers:openai:Key", Canary + " with spaces"),
            ("Providers:openai:Timeout", "30"),
            ("Providers:openai:TimeoutMs", "soon"),
            ("Providers:openai:Models:0:Name", "gpt-4o"),
            ("Providers:openai:Models:0:InputUsdPerMillion", "-1"),
            ("Providers:openai:Models:1:Name", "gpt-4o"),
            ("Providers:openai:Models:2:Name", "o3"),
            ("Providers:openai:Models:2:OutputUsdPerMillion", "1"),
            ("Providers:openai:Models:2:Reliability", "1.5"),
            ("Providers:openai:Models:3:Family", "lost"),
            ("Providers:openai:Retry:MaxAttempts", "0"),
            ("Providers:openai:Breaker:FailureRatio", "NaN"),
            ("Providers:my box:Kind", "ollama"),
            ("Providers:strange:Kind", "telepathy"),
            ("Providers:nameless:Key", Canary),
            ("Providers:router:Kind", "openai"),
            ("Providers:router:Key", Canary),
            ("Providers:proxy:Kind", "anthropic"),
            ("Providers:proxy:Endpoint", $"https://user:{Canary}@proxy.example"),
            ("Providers:ftp:Kind", "openai"),
            ("Providers:ftp:Endpoint", "ftp://files.example"),
            ("Providers:sim:MaxTokensMember", "most_tokens"),
            ("Providers:sim:StructuredOutput", "strict"),
            ("Panels:default:0", "openai/gpt-5"),
            ("Panels:twice:0", "sim/ada"),
            ("Panels:twice:1", "sim/ada"),
            ("Telemetry:CaptureContent", "perhaps"));
        builder.Services.AddLanguageModels(builder.Configuration);
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        string[] expected =
        [
            "Providers:openai:Key", "Providers:openai:Timeout", "Providers:openai:TimeoutMs", "Providers:openai:Models:0:InputUsdPerMillion", "Providers:openai:Models:1",
            "Providers:openai:Models:2:InputUsdPerMillion", "Providers:openai:Models:2:Reliability", "Providers:openai:Models:3:Name", "Providers:openai:Retry:MaxAttempts",
            "Providers:openai:Breaker:FailureRatio", "Providers:my box", "Providers:strange:Kind", "Providers:nameless:Kind", "Providers:router:Endpoint",
            "Providers:proxy:Endpoint", "Providers:ftp:Endpoint", "Providers:sim:MaxTokensMember", "Providers:sim:StructuredOutput", "Panels:default:0", "Panels:twice:1", "Telemetry:CaptureContent",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), failure.Failures.Select(f => f[..f.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostStartsWithEmptyKeysAsAComposerHandsThemOn()
    {
        var builder = Builder(
            ("Providers:openai:Key", ""), ("Providers:openai:Models:0:Name", "gpt-4o"),
            ("Providers:anthropic:Key", ""), ("Providers:anthropic:Models:0", "claude-sonnet-4-5"), ("Panels:default:0", ""));
        builder.Services.AddLanguageModels(builder.Configuration);
        using var host = builder.Build();

        await host.StartAsync();

        Assert.Equal(5, host.Services.GetRequiredService<Catalog.ModelCatalog>().Models.Count);
        await host.StopAsync();
    }

    [Fact]
    public async Task ClientsAreKeyedByModelIdAndStreamWholeAnswers()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering(Bodies.OpenAi("391")));
        var client = host.Services.GetRequiredKeyedService<IChatClient>("openai/gpt-4o");

        var updates = new List<string>();
        await foreach (var update in client.GetStreamingResponseAsync("What is 17 * 23?"))
            updates.Add(update.Text);

        Assert.Same(client, host.Services.GetRequiredKeyedService<IChatClient>("openai/gpt-4o"));
        Assert.Equal("391", string.Concat(updates));
        Assert.Throws<KeyNotFoundException>(() => host.Services.GetRequiredKeyedService<IChatClient>("openai/none"));
    }

    [Fact]
    public async Task KeyedClientFailsWithItsReason()
    {
        await using var host = ModelHost.OpenAi(VerbatimHandler.Answering("{}", HttpStatusCode.Unauthorized));
        var client = host.Services.GetRequiredKeyedService<IChatClient>("openai/gpt-4o");

        var failure = await Assert.ThrowsAsync<ModelCallException>(() => client.GetResponseAsync("What is 17 * 23?"));

        Assert.Equal(FailureReason.Unauthorized, failure.Reason);
    }

    [Fact]
    public async Task ClientRegisteredForOneModelIsTakenInItsPlace()
    {
        await using var host = new ModelHost([], configure: services => services.AddKeyedSingleton<IChatClient>("sim/ada", new Parrot()));

        var reply = await host.AskAsync("sim/ada");

        Assert.Equal(("What is 17 * 23?", 1), (reply.Text, reply.Attempts));
    }

    private sealed class Parrot : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, messages.Last().Text)));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
