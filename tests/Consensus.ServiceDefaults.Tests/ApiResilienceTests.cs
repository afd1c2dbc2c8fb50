using System.Net;
using Consensus.Contracts.Client;
using Consensus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Tests;

public sealed class ApiResilienceTests
{
    private int _requests;

    [Fact]
    public async Task AFailedReadIsRepeatedUntilItSucceeds()
    {
        await using var api = await StartApiAsync(failures: 2);
        await using var caller = await StartCallerAsync(api);

        using var answer = await Client(caller).GetAsync(new Uri("/thing", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(3, _requests);
    }

    [Fact]
    public async Task AFailedPostIsNeverRepeated()
    {
        await using var api = await StartApiAsync(failures: 1);
        await using var caller = await StartCallerAsync(api);

        using var answer = await Client(caller).PostAsync(new Uri("/thing", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task AClientThatDidNotAskForItRepeatsNothing()
    {
        await using var api = await StartApiAsync(failures: 1);
        await using var caller = await StartCallerAsync(api);

        using var plain = caller.App.Services.GetRequiredService<IHttpClientFactory>().CreateClient("plain");
        using var answer = await plain.GetAsync(new Uri("http://api/thing"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task ABodyThatNeverComesEndsAsATimeLimitAndIsAskedForAgain()
    {
        await using var api = await StartStuckApiAsync("application/json");
        await using var caller = await StartCallerAsync(api, TimeSpan.FromMilliseconds(200), Eventually.Patience);
        var client = new ConsensusClient(Client(caller));

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(
            () => client.ListStrategiesAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken));

        Assert.Equal(ClientErrorCodes.TimedOut, failure.Code);
        Assert.Equal(4, _requests);
    }

    [Fact]
    public async Task AReadHasALimitOverAllItsAttempts()
    {
        await using var api = await StartStuckApiAsync("application/json");
        await using var caller = await StartCallerAsync(api, Eventually.Patience, TimeSpan.FromMilliseconds(200));
        var client = new ConsensusClient(Client(caller));

        var failure = await Assert.ThrowsAsync<ConsensusApiException>(
            () => client.ListStrategiesAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken));

        Assert.Equal(ClientErrorCodes.TimedOut, failure.Code);
        Assert.Equal(1, _requests);
    }

    [Theory]
    [InlineData("POST", "application/json")]
    [InlineData("GET", "text/event-stream")]
    public async Task ARunAndAStreamAreReadAsTheyCome(string method, string type)
    {
        await using var api = await StartStuckApiAsync(type);
        await using var caller = await StartCallerAsync(api, Eventually.Patience, Eventually.Patience);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/strategies");

        using var answer = await Client(caller).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // Headers at once, and then nothing.
    private Task<TestService> StartStuckApiAsync(string type) => TestService.StartAsync(map: app =>
        app.MapMethods("/v1/strategies", ["GET", "POST"], async context =>
        {
            Interlocked.Increment(ref _requests);
            context.Response.ContentType = type;
            await context.Response.Body.FlushAsync(context.RequestAborted);
            var gone = new TaskCompletionSource();
            await using var left = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        }));

    private Task<TestService> StartApiAsync(int failures) => TestService.StartAsync(map: app =>
        app.MapMethods("/thing", ["GET", "POST"], () => Results.StatusCode(Interlocked.Increment(ref _requests) <= failures ? 503 : 200)));

    // The address comes from configuration, as service discovery gives it.
    private static Task<TestService> StartCallerAsync(TestService api) => TestService.StartAsync(
        builder => builder.Services.AddHttpClient("api", http => http.BaseAddress = new Uri("http://api")).AddStandardApiResilience(),
        settings: ("services:api:http:0", api.App.Urls.First()));

    private static Task<TestService> StartCallerAsync(TestService api, TimeSpan attempt, TimeSpan read) => TestService.StartAsync(
        builder => builder.Services.AddHttpClient("api", http => http.BaseAddress = new Uri("http://api")).AddApiResilience(attempt, read),
        settings: ("services:api:http:0", api.App.Urls.First()));

    private static HttpClient Client(TestService caller) => caller.App.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
}
