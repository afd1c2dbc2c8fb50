using Consensus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consensus.ApiService.Tests.Hosting;

/// <summary>A service that is stopped before it stands: what goes on in it ends, and nothing of that is told as a failure.</summary>
public sealed class HostedLoopTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task AStartThatIsBrokenOffIsNoFailureOfWhatGoesOn(bool hasServer, bool fails)
    {
        var folder = Directory.CreateTempSubdirectory("consensus-stop-");
        using var redis = await TestRedis.StartAsync(TestRedis.Garnet);
        var log = new KeptLog();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:redis"] = redis.ConnectionString, ["Fitting:Refit:Enabled"] = "true",
            ["Export:Folder"] = Path.Combine(folder.FullName, "exports"),
        };
        (settings[hasServer ? "ConnectionStrings:runs" : "Backup:Folder"], settings["Audit:Key"]) =
            (hasServer ? TestPostgres.NewDatabase() : Path.Combine(folder.FullName, "backups"), Convert.ToBase64String(new byte[32]));
        await using (var app = ApiApp.Build(folder.FullName, settings, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
            builder.Services.AddSingleton<IHostedService>(services => new Breaking(fails ? null : services.GetRequiredService<IHostApplicationLifetime>()));
        }))
        {
            var loops = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
            Assert.True(loops.Count > 8);

            var fault = await Record.ExceptionAsync(() => app.StartAsync(TestContext.Current.CancellationToken));

            Assert.Equal(fails, fault is NotSupportedException);
            await app.DisposeAsync();
            foreach (var loop in loops.Where(static loop => loop.ExecuteTask is not null))
            {
                var ended = await Record.ExceptionAsync(() => loop.ExecuteTask!.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
                Assert.True(ended is null, $"{loop.GetType().Name}: {ended}");
            }
        }

        string[] told = fails
            ? ["Warning Consensus.ApiService.Auth.AccessStart:", "Error Microsoft.Extensions.Hosting.Internal.Host:"]
            : ["Warning Consensus.ApiService.Auth.AccessStart:"];
        Assert.Equal(told, log.Lines.Select(static line => string.Join(' ', line.Split(' ')[..2])).Where(static line => line[0] is 'W' or 'E' or 'C'));
        folder.Delete(recursive: true);
    }

    /// <summary>Once everything has begun, and before the service stands: a signal to stop, or a fault.</summary>
    private sealed class Breaking(IHostApplicationLifetime? lifetime) : IHostedLifecycleService
    {
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            if (lifetime is null)
            {
                throw new NotSupportedException("broken off");
            }

            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
