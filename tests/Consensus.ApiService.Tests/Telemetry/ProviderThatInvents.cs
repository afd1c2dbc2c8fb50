using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>A provider on a real port that says of itself something new each time: its model, its id, why it ended, its error.</summary>
internal sealed class ProviderThatInvents : IAsyncDisposable
{
    private static readonly int[] Statuses = [400, 403, 429, 500, 799];

    private readonly WebApplication _app;
    private int _answers;

    private ProviderThatInvents(WebApplication app) => _app = app;

    public int Answers => Volatile.Read(ref _answers);

    /// <summary>The settings of a provider <c>invents</c> with one model.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Providers:invents:Kind", "openai"), new("Providers:invents:Endpoint", $"{_app.Urls.First()}/v1"), new("Providers:invents:Key", "sk-hostile-provider"),
        new("Providers:invents:Retry:MaxAttempts", "1"), new("Providers:invents:Breaker:MinimumCalls", "1000"), new("Providers:invents:Models:0", "chat"),
    ];

    public static async Task<ProviderThatInvents> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new ProviderThatInvents(app);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var n = Interlocked.Increment(ref _answers);
        var word = $"hostile-{n}";
        http.Response.Headers["X-Model"] = word;
        http.Response.StatusCode = n % 3 == 0 ? Statuses[n % Statuses.Length] : 200;
        return http.Response.WriteAsJsonAsync<object>(n % 3 == 0
            ? new { error = new { message = word, type = word, code = word } }
            : new
            {
                id = word,
                @object = "chat.completion",
                created = 1,
                model = word,
                system_fingerprint = word,
                service_tier = word,
                choices = new[] { new { index = 0, message = new { role = "assistant", content = "391" }, finish_reason = $"hostile_{(char)('a' + (n % 26))}" } },
                usage = new { prompt_tokens = n, completion_tokens = n, total_tokens = 2 * n },
            }, JsonSerializerOptions.Default);
    }
}
