using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Consensus.ApiService.Tests.Security;

/// <summary>A provider on a real port that repeats all it was sent, its key above all, wherever the name of the model says; and what it was sent.</summary>
internal sealed class ProviderThatTells : IAsyncDisposable
{
    public const string Answers = "answers";

    /// <summary>The ways in which it fails, each a model.</summary>
    public static readonly string[] Faults = ["echo400", "echo401", "echo429", "echo500", "broken", "cut", "text200", "redirect"];

    private readonly WebApplication _app;

    private ProviderThatTells(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>The head and the body of each request.</summary>
    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, string Body)> Requests { get; } = new();

    public static async Task<ProviderThatTells> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new ProviderThatTells(app);
        app.Run(provider.AnswerAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>The settings of a provider <c>tells</c> at this address, with all its models.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings(string key)
    {
        yield return new("Providers:tells:Kind", "openai");
        yield return new("Providers:tells:Endpoint", new Uri(Address, "/v1").AbsoluteUri);
        yield return new("Providers:tells:Key", key);
        yield return new("Providers:tells:Retry:MaxAttempts", "1");
        foreach (var (i, model) in Faults.Prepend(Answers).Index())
        {
            yield return new($"Providers:tells:Models:{i}", model);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());
        Requests.Enqueue((headers, body));
        var all = string.Join('\n', headers.Select(h => $"{h.Key}: {h.Value}"));
        var response = http.Response;
        response.Headers["X-Echo"] = headers.GetValueOrDefault("authorization");
        var model = JsonDocument.Parse(body).RootElement.GetProperty("model").GetString()!;
        switch (model)
        {
            case Answers:
                await JsonAsync(response, 200, Completion("42", "stop"));
                break;
            case "text200":
                await JsonAsync(response, 200, Completion($"Incorrect key: {all}", all));
                break;
            case "broken":
                response.ContentType = "application/json";
                await response.WriteAsync($$"""{"choices": [{"message": {{all}}""");
                break;
            case "cut":
                response.ContentLength = 100_000;
                await response.WriteAsync(all);
                http.Abort();
                break;
            case "redirect":
                response.Redirect($"http://localhost:{Address.Port}/elsewhere?{Uri.EscapeDataString(all)}");
                break;
            default:
                await JsonAsync(response, int.Parse(model["echo".Length..]), JsonSerializer.Serialize(new { error = new { message = all, type = all, code = all, param = all } }));
                break;
        }
    }

    private static Task JsonAsync(HttpResponse response, int status, string json)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(json);
    }

    private static string Completion(string text, string finish) => JsonSerializer.Serialize(new
    {
        id = finish,
        @object = "chat.completion",
        created = 1_700_000_000,
        model = finish,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = finish } },
        usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
    });
}
