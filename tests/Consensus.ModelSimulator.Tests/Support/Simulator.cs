using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Consensus.ModelSimulator.Tests.Support;

/// <summary>A real simulator on a free port, and a client for it.</summary>
internal sealed class Simulator : IAsyncDisposable
{
    private readonly SimulatorHost host;

    private Simulator(SimulatorHost host)
    {
        this.host = host;
        Http = new() { BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Http { get; }

    public static async Task<Simulator> StartAsync(params (string Key, string Value)[] settings) =>
        new(await SimulatorHost.StartAsync(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)), TestContext.Current.CancellationToken));

    public static async Task<Simulator> StartAsync(TimeProvider time, params (string Key, string Value)[] settings) =>
        new(await SimulatorHost.StartAsync(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)), time, TestContext.Current.CancellationToken));

    public static object Chat(string model, string question, long? seed = null, bool? stream = null) =>
        new { model, messages = new[] { new { role = "user", content = question } }, seed, stream };

    public Task<HttpResponseMessage> PostAsync(object body, string? fault = null, string path = "v1/chat/completions", HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body) };
        if (fault is not null)
        {
            request.Headers.Add("X-Simulator-Fault", fault);
        }

        return Http.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> PostForJsonAsync(object body, string path = "v1/chat/completions")
    {
        using var response = await PostAsync(body, path: path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async Task<string> AskAsync(string model, string question, long? seed = null)
    {
        var completion = await PostForJsonAsync(Chat(model, question, seed));
        return completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    public async Task<JsonElement> StatsOfAsync(string model)
    {
        var stats = await Http.GetFromJsonAsync<JsonElement>("simulator/stats", TestContext.Current.CancellationToken);
        return stats.GetProperty("models").GetProperty(model);
    }

    /// <summary>Stops the server while clients are still connected.</summary>
    public async Task StopAsync() => await host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
    }
}
