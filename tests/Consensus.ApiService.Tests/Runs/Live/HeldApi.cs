using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text;
using Consensus.ApiService.Tests.Hosting;
using Consensus.LanguageModels;
using Consensus.ModelSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace Consensus.ApiService.Tests.Runs.Live;

/// <summary>A service whose every call to a model is counted, and waits until it is let go. Calls to models named <c>ada</c> are never held.</summary>
public sealed class HeldApi : IAsyncDisposable
{
    public const string Question = """{"prompt":"What is 17 * 23?","models":["sim/ada","sim/boole","sim/curie"],"answer":{"kind":"number"}}""";

    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SimulatorHost simulator = null!;
    private int calls;

    public ApiApp App { get; private set; } = null!;

    /// <summary>How many calls have been made to models.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>What was sent to models, in any order.</summary>
    public ConcurrentBag<string> Bodies { get; } = [];

    public static async Task<HeldApi> StartAsync(IReadOnlyDictionary<string, string>? settings = null, bool held = true)
    {
        var api = new HeldApi { simulator = await SimulatorHost.StartAsync() };
        if (!held)
        {
            api.Release();
        }

        var all = SharedApi.SettingsFor(api.simulator);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        api.App = await ApiApp.StartAsync(
            all, builder => builder.Services.AddHttpClient(LanguageModelServices.HttpClientName).AddHttpMessageHandler(() => new Holding(api)));
        return api;
    }

    /// <summary>Lets every call go on, now and from now on.</summary>
    public void Release() => released.TrySetResult();

    public Task<HttpResponseMessage> AskAsync(string json = Question, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, "/v1/consensus", json, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Follows a stream of events to its end, or to one that is enough.</summary>
    public static async Task<List<SseItem<string>>> ReadAsync(HttpResponseMessage response, Func<SseItem<string>, bool>? enough = null)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync();
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
        {
            events.Add(item);
            if (enough?.Invoke(item) == true)
            {
                break;
            }
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await App.DisposeAsync();
        await simulator.DisposeAsync();
    }

    private sealed class Holding(HeldApi api) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref api.calls);
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            api.Bodies.Add(body);
            if (!body.Contains("\"ada\"", StringComparison.Ordinal))
            {
                await api.released.Task.WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
