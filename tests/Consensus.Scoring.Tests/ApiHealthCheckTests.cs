using Consensus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consensus.Scoring.Tests;

public sealed class ApiHealthCheckTests
{
    [Fact]
    public async Task AnApiThatTakesTheKeyIsHealthy()
    {
        await using var api = await ApiAsync(request => request.Headers.Authorization == "Bearer the-key" ? 200 : 401);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(api.Urls.First(), "the-key")).Status);
    }

    [Theory]
    [InlineData(401, "refuses the worker's key (Api:Key)")]
    [InlineData(403, "refuses the worker's key (Api:Key)")]
    [InlineData(500, "answers 500")]
    public async Task AnyOtherAnswerDegrades(int status, string description)
    {
        await using var api = await ApiAsync(_ => status);
        var check = await CheckAsync(api.Urls.First(), "another-key");
        Assert.Equal(HealthStatus.Degraded, check.Status);
        Assert.Equal(description, check.Description);
    }

    [Fact]
    public async Task AnApiThatIsAwayDegrades()
    {
        var check = await CheckAsync("http://127.0.0.1:1", key: null);
        Assert.Equal(HealthStatus.Degraded, check.Status);
        Assert.Equal("not reachable", check.Description);
    }

    private static async Task<WebApplication> ApiAsync(Func<HttpRequest, int> answer)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/v1/strategies", (HttpRequest request) => answer(request) is var status and not 200
            ? Results.StatusCode(status)
            : Results.Content(CannedRuns.StrategiesJson(), "application/json"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<HealthReportEntry> CheckAsync(string address, string? key)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["services:api:http:0"] = address,
            ["Api:Key"] = key,
        });
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddConsensusApi("worker");
        using var host = builder.Build();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries["api"];
    }
}
