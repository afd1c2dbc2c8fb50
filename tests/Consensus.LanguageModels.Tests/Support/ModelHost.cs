using System.Text.Json;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consensus.LanguageModels.Tests.Support;

/// <summary>The language models as a host has them, on a configuration of the test's own.</summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ModelHost(IEnumerable<(string Key, string? Value)> settings, HttpMessageHandler? handler = null, TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        if (time is not null)
            services.AddSingleton(time);
        services.AddLanguageModels(configuration);
        if (handler is not null)
            services.AddHttpClient(LanguageModelServices.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => handler);
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public LogLines Logs { get; } = new();

    public IServiceProvider Services => _services;

    public ModelCatalog Catalog => _services.GetRequiredService<ModelCatalog>();

    public ModelCaller Caller => _services.GetRequiredService<ModelCaller>();

    /// <summary>One OpenAI model <c>openai/gpt-4o</c> with a key, and whatever else is given.</summary>
    public static ModelHost OpenAi(HttpMessageHandler? handler = null, TimeProvider? time = null, params (string Key, string? Value)[] more) =>
        new([("Providers:openai:Key", "sk-test"), ("Providers:openai:Models:0:Name", "gpt-4o"), .. more], handler, time);

    /// <summary>The same model served from an address of the test's own.</summary>
    public static ModelHost At(Uri endpoint, params (string Key, string? Value)[] more) =>
        OpenAi(handler: null, time: null, [("Providers:openai:Endpoint", endpoint.AbsoluteUri), .. more]);

    public Task<ModelReply> AskAsync(string model = "openai/gpt-4o", TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Caller.AskAsync(Call(model) with { Timeout = timeout }, cancellationToken);

    public static ModelCall Call(string model = "openai/gpt-4o") => new() { Model = model, Messages = [new ChatMessage(ChatRole.User, "What is 17 * 23?")] };

    /// <summary>A call that uses all that a provider may be told.</summary>
    public static ModelCall Conversation(string model) => new()
    {
        Model = model,
        Messages = [new(ChatRole.System, "Answer briefly."), new(ChatRole.User, "What is 17 * 23?"), new(ChatRole.Assistant, "391"), new(ChatRole.User, "Sure?")],
        Temperature = 0.7,
        MaxOutputTokens = 100,
        Seed = 42,
    };

    /// <summary>A call whose answer is to be JSON.</summary>
    public static ModelCall Structured(string model) => Call(model) with
    {
        Schema = new ResponseSchema("answer", JsonElement.Parse(
            """{"type":"object","properties":{"answer":{"type":"string","enum":["yes","no"]}},"required":["answer"],"additionalProperties":false}""")),
    };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
