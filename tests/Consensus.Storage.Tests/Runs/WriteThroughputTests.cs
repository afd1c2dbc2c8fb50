using System.Diagnostics;
using Consensus.Contracts.Runs;
using Consensus.Storage.Tests.Making;
using Consensus.Storage.Tests.Scoring;

namespace Consensus.Storage.Tests.Runs;

/// <summary>How many runs a second are stored, for the figure in the docs; a measurement, not a verdict.</summary>
public sealed class WriteThroughputTests(ITestOutputHelper output)
{
    private const int Callers = 32;

    [Fact]
    public async Task RunsOfManyCallersAreStoredAndCounted()
    {
        var runs = Environment.GetEnvironmentVariable("CONSENSUS_LONG") is null ? 640 : 32_000;
        await using var log = new TemporaryLog();
        await StoreAsync(log, Callers);
        var began = Stopwatch.GetTimestamp();
        await StoreAsync(log, runs);
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"{runs} runs in {took.TotalSeconds:0.00} s: {runs / took.TotalSeconds:0} runs/s, {log.Log.MeasureBytes() / runs} bytes a run");
        using var connection = log.Connect();
        Assert.Equal(runs + Callers, Dapper.SqlMapper.QuerySingle<int>(connection, "SELECT count(*) FROM runs"));
    }

    private static Task StoreAsync(TemporaryLog log, int runs) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
    {
        for (var i = 0; i < runs / Callers; i++)
            await log.SaveAsync(JudgeRig.Judgeable(RunStatus.Completed, Make.Noon));
    }));
}
