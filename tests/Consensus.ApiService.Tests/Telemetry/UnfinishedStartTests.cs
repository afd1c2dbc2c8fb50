using System.Diagnostics.Metrics;
using Consensus.ApiService.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consensus.ApiService.Tests.Telemetry;

/// <summary>A service that could not start is not measured any more: what it would have shown must not stand in the way of others in the process.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class UnfinishedStartTests
{
    [Fact]
    public async Task WhatIsDisposedOfUnstartedIsNotMeasured()
    {
        var folder = Directory.CreateTempSubdirectory("consensus-unfinished-");
        var before = Measurements();
        int[] during = [];
        await using (var app = ApiApp.Build(
            folder.FullName, settings: null, builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddHostedService(_ => new Failing(() => during = Measurements()));
            }))
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(before.Select(static count => count + 1), during);
        Assert.Equal(before, Measurements());
        folder.Delete(recursive: true);
    }

    /// <summary>How many stores are measured: run logs, evidence stores.</summary>
    private static int[] Measurements()
    {
        string[] gauges = ["consensus.run_log.size", "consensus.evidence.documents"];
        var counts = new int[gauges.Length];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (gauges.Contains(instrument.Name))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => counts[Array.IndexOf(gauges, instrument.Name)]++);
        listener.Start();
        listener.RecordObservableInstruments();
        return counts;
    }

    /// <summary>What stands behind the stores in the order of the start.</summary>
    private sealed class Failing(Action look) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            look();
            throw new NotSupportedException("broken off");
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
