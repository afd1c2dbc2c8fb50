using System.Collections.Concurrent;
using Consensus.Contracts.Client;
using Consensus.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consensus.ServiceDefaults.Tests;

public sealed class DeprecationLogTests
{
    [Fact]
    public async Task A_service_warns_once_of_a_deprecated_api_however_many_clients_it_makes()
    {
        await using var api = await CannedApi.StartAsync();
        api.On("GET /v1/models", http =>
        {
            http.Response.Headers["Deprecation"] = "@1801353600";
            return CannedApi.WriteAsync(http, 200, """{"models":[],"panels":{}}""", "application/json");
        });
        using var log = new Lines();
        await using var service = await TestService.StartAsync(
            builder =>
            {
                builder.AddConsensusApi("worker");
                builder.Logging.AddProvider(log);
            },
            settings: ("services:api:http:0", api.Address.GetLeftPart(UriPartial.Authority)));

        for (var i = 0; i < 3; i++)
        {
            await using var scope = service.App.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ConsensusClient>().ListModelsAsync(TestContext.Current.CancellationToken);
        }

        var told = Assert.Single(log.Told, line => line.Contains("deprecated", StringComparison.Ordinal));
        Assert.Contains("deprecated as of 2027-01-31", told, StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Told.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
