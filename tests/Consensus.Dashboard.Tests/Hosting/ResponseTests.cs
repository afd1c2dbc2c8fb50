using System.Net;
using System.Text.Json;

namespace Consensus.Dashboard.Tests.Hosting;

[Collection(nameof(Site))]
public sealed class ResponseTests(Site site)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/runs/not-an-id", HttpStatusCode.NotFound)]
    [InlineData("/_framework/blazor.web.js", HttpStatusCode.OK)]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", HttpStatusCode.OK)]
    [InlineData("/Consensus.Dashboard.styles.css", HttpStatusCode.OK)]
    public async Task Pages_and_assets_come_with_their_limits(string path, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = site.Address };

        using var answer = await http.GetAsync(path, Cancelled);

        Assert.Equal(status, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData(200, "healthy", null)]
    [InlineData(401, "degraded", "refuses the dashboard's key (Api:Key)")]
    [InlineData(404, "degraded", "answers unexpected_response")]
    public async Task Readiness_tells_of_the_api_and_stays_up_without_it(int api, string status, string? reason)
    {
        site.Quiet();
        if (api != 200)
        {
            site.Api.On("GET /v1/strategies", api, api == 401 ? Testing.CannedRuns.Problem(Contracts.Errors.ErrorCatalog.Unauthorized) : "not here");
        }

        using var http = new HttpClient { BaseAddress = site.Address };

        // A check that a busy machine cuts short is looked at again.
        var seen = await LookAsync(http);
        for (var looks = 1; looks < 20 && seen != (status, reason); looks++)
        {
            seen = await LookAsync(http);
        }

        Assert.Equal((status, reason), seen);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example:5090", HttpStatusCode.BadRequest)]
    [InlineData("10.0.0.7", HttpStatusCode.BadRequest)]
    [InlineData("localhost:5090", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:5090", HttpStatusCode.OK)]
    public async Task On_loopback_only_a_name_of_this_machine_is_served(string host, HttpStatusCode status)
    {
        foreach (var path in (string[])["/", "/_blazor/negotiate?negotiateVersion=1", "/_framework/blazor.web.js"])
        {
            using var request = new HttpRequestMessage(path.StartsWith("/_blazor", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path) { Headers = { Host = host } };
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            using var http = new HttpClient { BaseAddress = site.Address };

            using var answer = await http.SendAsync(request, Cancelled);

            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Configured_names_are_served_instead()
    {
        await using var dashboard = await DashboardProcess.StartAsync(site.Api.Address, ("AllowedHosts", "panel.example"));
        using var http = new HttpClient { BaseAddress = dashboard.Address };
        using var named = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "panel.example" } };
        using var strange = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };

        using var answer = await http.SendAsync(named, Cancelled);
        using var refusal = await http.SendAsync(strange, Cancelled);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
    }

    private static async Task<(string? Status, string? Reason)> LookAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/ready", Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Cancelled));
        var check = body.RootElement.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "api");
        return (check.GetProperty("status").GetString(), check.TryGetProperty("description", out var description) ? description.GetString() : null);
    }
}
