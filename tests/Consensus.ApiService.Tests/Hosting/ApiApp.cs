using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>The real service in this process: real Kestrel on a free loopback port, its own storage folder, its log kept.</summary>
public sealed class ApiApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ApiApp(WebApplication app, string folder, KeptLog log)
    {
        _app = app;
        _folder = folder;
        Log = log;
        Http = Client();
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.First());

    public KeptLog Log { get; }

    /// <summary>Starts the service with settings such as <c>["RunLog:Enabled"] = "false"</c>.</summary>
    public static async Task<ApiApp> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-api-").FullName;
        var log = new KeptLog();
        var app = Build(folder, settings, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ApiApp(app, folder, log);
    }

    internal static WebApplication Build(string folder, IReadOnlyDictionary<string, string>? settings, Action<WebApplicationBuilder>? configure = null)
    {
        var all = new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0", ["contentRoot"] = folder, ["Storage:Folder"] = Path.Combine(folder, "data") };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return ApiHost.Build([.. all.Select(s => $"--{s.Key}={s.Value}")], configure);
    }

    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, HttpClient? client = null) =>
        (client ?? Http).PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode json, HttpClient? client = null) => PostAsync(path, json.ToJsonString(), client);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Keeps every log line, with the text of its exception and of its scopes.</summary>
public sealed class KeptLog : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            log._scopes.ForEachScope((scope, text) => text.Append(" [").Append(scope).Append(']'), line);
            log.Lines.Enqueue(line.ToString());
        }
    }
}
