using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Consensus.ServiceDefaults.Tests;

public sealed class ProbeTests
{
    [Fact]
    public async Task AServiceIsAliveWhateverItsDependenciesSay()
    {
        await using var service = await WithCheck(() => HealthCheckResult.Unhealthy(), HealthTags.Ready, HealthTags.Critical);
        using var answer = await service.Client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"healthy"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadinessNamesEachDependencyWithStatusAndLatency()
    {
        await using var service = await WithCheck(() => HealthCheckResult.Healthy(), HealthTags.Ready, HealthTags.Critical);
        var (status, body) = await service.ReadyAsync();
        Assert.Equal(200, status);
        Assert.Equal("healthy", body.GetProperty("status").GetString());
        var check = Assert.Single(body.GetProperty("checks").EnumerateArray());
        Assert.Equal("dependency", check.GetProperty("name").GetString());
        Assert.Equal("healthy", check.GetProperty("status").GetString());
        Assert.True(check.GetProperty("critical").GetBoolean());
        Assert.True(check.GetProperty("latencyMs").GetDouble() >= 0);
    }

    [Fact]
    public async Task AFailingCheckThatIsNotCriticalOnlyDegrades()
    {
        await using var service = await WithCheck(() => HealthCheckResult.Unhealthy("gone"), HealthTags.Ready);
        var (status, body) = await service.ReadyAsync();
        Assert.Equal(200, status);
        Assert.Equal("degraded", body.GetProperty("status").GetString());
        Assert.Equal("gone", body.GetProperty("checks")[0].GetProperty("description").GetString());
    }

    [Fact]
    public async Task AFailingCriticalCheckIs503()
    {
        await using var service = await WithCheck(() => HealthCheckResult.Unhealthy(), HealthTags.Ready, HealthTags.Critical);
        var (status, body) = await service.ReadyAsync();
        Assert.Equal(503, status);
        Assert.Equal("unhealthy", body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task ADegradedCriticalCheckStaysReady()
    {
        await using var service = await WithCheck(() => HealthCheckResult.Degraded(), HealthTags.Ready, HealthTags.Critical);
        Assert.Equal(200, (await service.ReadyAsync()).Status);
    }

    [Fact]
    public async Task ChecksWithoutTheTagAreNotPartOfReadiness()
    {
        await using var service = await WithCheck(() => HealthCheckResult.Unhealthy());
        Assert.Empty((await service.ReadyAsync()).Body.GetProperty("checks").EnumerateArray());
    }

    [Fact]
    public async Task AnExceptionTellsItsTypeAndNotItsMessage()
    {
        await using var service = await WithCheck(() => throw new InvalidOperationException("secret-host refused"), HealthTags.Ready);
        var (_, body) = await service.ReadyAsync();
        Assert.Equal(nameof(InvalidOperationException), body.GetProperty("checks")[0].GetProperty("description").GetString());
        Assert.DoesNotContain("secret-host", JsonSerializer.Serialize(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServiceThatIsDrainingIsNotReady()
    {
        TaskCompletionSource asked = new(), answer = new();
        await using var service = await TestService.StartAsync(builder => builder.Services.AddHealthChecks().AddAsyncCheck(
            "slow",
            async () =>
            {
                asked.SetResult();
                await answer.Task;
                return HealthCheckResult.Healthy();
            },
            [HealthTags.Ready]));

        // The request is in flight while the service begins to stop.
        var ready = service.ReadyAsync();
        await asked.Task;
        service.App.Lifetime.StopApplication();
        answer.SetResult();

        var (status, body) = await ready;
        Assert.Equal(503, status);
        Assert.True(body.GetProperty("draining").GetBoolean());
    }

    private static Task<TestService> WithCheck(Func<HealthCheckResult> check, params string[] tags) =>
        TestService.StartAsync(builder => builder.Services.AddHealthChecks().AddCheck("dependency", check, tags));
}
