using Consensus.ApiService.Tests.Hosting;
using Consensus.Contracts;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Tests.Http;

public sealed class HeaderTests(SharedApi shared)
{
    [Theory]
    [InlineData("abc-123")]
    [InlineData("!~")]
    public async Task ACallersRequestIdIsEchoed(string id) => Assert.Equal(id, await RequestIdAsync(id));

    [Fact]
    public async Task ARequestIdOfTheCapIsEchoed()
    {
        var id = new string('x', Limits.RequestIdCharacters);
        Assert.Equal(id, await RequestIdAsync(id));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public async Task AnUnusableRequestIdIsReplaced(string id) => Assert.True(Guid.TryParse(await RequestIdAsync(id), out _));

    [Fact]
    public async Task ARequestIdOverTheCapIsReplaced() => Assert.True(Guid.TryParse(await RequestIdAsync(new string('x', Limits.RequestIdCharacters + 1)), out _));

    [Fact]
    public async Task TwoRequestIdsAreReplacedByOne() => Assert.True(Guid.TryParse(await RequestIdAsync("a", "b"), out _));

    [Fact]
    public async Task TheRequestIdStandsInTheLogLineOfTheRequest()
    {
        var id = Guid.NewGuid().ToString();
        await RequestIdAsync(id);
        await Poll.UntilAsync(() => shared.App.Log.Lines.Any(l => l.Contains("/v1/strategies answered 200", StringComparison.Ordinal) && l.Contains(id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatACallerPutsIntoARequestIdOrAPathIsNotLogged()
    {
        const string Address = "jane.zq7doe@example.com";
        Assert.Equal($"mail:{Address}", await RequestIdAsync($"mail:{Address}"));
        using var response = await shared.App.Http.GetAsync($"/v1/runs/{Address}");
        await Poll.UntilAsync(() => shared.App.Log.Lines.Any(l => l.Contains("/v1/runs/{id} answered 404", StringComparison.Ordinal))
            && shared.App.Log.Lines.Any(l => l.Contains("[email]", StringComparison.Ordinal)));
        Assert.DoesNotContain(shared.App.Log.Lines, l => l.Contains("zq7doe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResponsesAreNotSniffedAndNotStored()
    {
        using var response = await shared.App.Http.GetAsync("/v1/strategies");
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task AWrongMethodIsToldTheRightOnes()
    {
        using var response = await shared.App.Http.PutAsync("/v1/runs", null);
        await response.ProblemAsync(ErrorCatalog.MethodNotAllowed);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task TheDescriptionNamesEveryRouteAndItsBodies()
    {
        var text = await shared.App.Http.GetStringAsync("/openapi/v1.json");
        foreach (var expected in new[] { "\"/v1/consensus\"", "\"/v1/consensus/aggregate\"", "\"/v1/runs\"", "\"/v1/runs/{id}\"", "\"/v1/models\"", "\"/v1/strategies\"", "\"samplesPerModel\"", "\"ProblemBody\"", "\"no_consensus\"" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        using var docs = await shared.App.Http.GetAsync("/docs");
        Assert.Equal("text/html", docs.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
    }

    private async Task<string> RequestIdAsync(params string[] ids)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/strategies");
        foreach (var id in ids)
        {
            request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        }

        using var response = await shared.App.Http.SendAsync(request);
        return response.Headers.GetValues("X-Request-Id").Single();
    }
}
