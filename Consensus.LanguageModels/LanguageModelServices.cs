using System.Diagnostics;
using System.Net;
using Consensus.LanguageModels.Calling;
using Consensus.LanguageModels.Catalog;
using Consensus.LanguageModels.Configuration;
using Consensus.LanguageModels.Embedding;
using Consensus.LanguageModels.Providers;
using Consensus.LanguageModels.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Consensus.LanguageModels;

/// <summary>Adds the language models to a host.</summary>
public static class LanguageModelServices
{
    /// <summary>The named HTTP client of all providers. A test or a host may add to it, after <see cref="AddLanguageModels"/>.</summary>
    public const string HttpClientName = "Consensus.LanguageModels";

    /// <summary>
    /// Adds <see cref="ModelCatalog"/>, <see cref="ModelCaller"/>, <see cref="TextEmbedders"/> and an <see cref="IChatClient"/> keyed by each model's id,
    /// from the sections <c>Providers</c> and
    /// <c>Panels</c>. The configuration is read when the host starts; what is wrong in it ends the start with every error at once.
    /// </summary>
    public static IServiceCollection AddLanguageModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LanguageModelSettings>()
            .Configure(settings => LanguageModelSettingsReader.Fill(settings, configuration))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LanguageModelSettings>, LanguageModelSettingsValidation>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ModelInstruments>();
        services.TryAddSingleton<ModelClients>();
        services.TryAddActivatedSingleton(sp => CatalogBuilder.Build(
            sp.GetRequiredService<IOptions<LanguageModelSettings>>().Value,
            sp.GetRequiredService<ILoggerFactory>().CreateLogger("Consensus.LanguageModels")));
        services.TryAddSingleton(sp => new ModelCaller(
            sp.GetRequiredService<ModelCatalog>(),
            id => sp.GetRequiredKeyedService<IChatClient>(id),
            sp.GetRequiredService<ModelInstruments>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<ModelCaller>>()));
        services.TryAddSingleton(sp => new TextEmbedders(
            sp.GetRequiredService<IOptions<LanguageModelSettings>>(),
            sp.GetRequiredService<ModelClients>(),
            sp.GetRequiredService<ModelInstruments>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILoggerFactory>()));
        // A client registered under one model's id, as a test does, is taken before this one.
        services.AddKeyedSingleton<IChatClient>(KeyedService.AnyKey, (sp, key) => sp.GetRequiredService<ModelClients>().Create((string)key!));
        AddHttp(services);
        return services;
    }

    private static void AddHttp(IServiceCollection services)
    {
        var http = services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan);
#pragma warning disable EXTEXP0001 // The host's standard handler cuts long answers at 10 s and sends a POST again: only our own resilience holds here.
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        // The factory's own loggers write addresses and, at trace level, headers.
        http.RemoveAllLoggers();
        http.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        http.AddHttpMessageHandler(sp => new ProviderHttpHandler(sp.GetRequiredService<TimeProvider>()));
        http.ConfigurePrimaryHttpMessageHandler(sp => Wire(sp.GetRequiredService<IOptions<LanguageModelSettings>>().Value.AllowLinkLocal));
    }

    private static SocketsHttpHandler Wire(bool allowLinkLocal) => new()
    {
        // A redirect would carry the prompt, and with some servers the key, to an address that nobody configured.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        ConnectCallback = (context, cancellationToken) => GuardedConnection.OpenAsync(context.DnsEndPoint, allowLinkLocal, cancellationToken),
        // A provider is a stranger: what a caller wrote into the headers of its trace is not handed on, and the ids would let it join calls to callers.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };
}
