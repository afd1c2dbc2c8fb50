using System.Net;
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

    private Task<TestService> StartApiAsync(int failures) => TestService.StartAsync(map: app =>
        app.MapMethods("/thing", ["GET", "POST"], () => Results.StatusCode(Interlocked.Increment(ref _requests) <= failures ? 503 : 200)));

    // The address comes from configuration, as service discovery gives it.
    private static Task<TestService> StartCallerAsync(TestService api) => TestService.StartAsync(
        builder => builder.Services.AddHttpClient("api", http => http.BaseAddress = new Uri("http://api")).AddStandardApiResilience(),
        settings: ("services:api:http:0", api.App.Urls.First()));

    private static HttpClient Client(TestService caller) => caller.App.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
}
