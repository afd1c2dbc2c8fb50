using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Retention;

/// <summary>The program that a test kills: it purges run by run, telling each on standard output.</summary>
internal static class PurgerToKill
{
    public const string Command = "purge-until-killed";

    public static async Task<int> RunAsync(string path)
    {
        await using var log = await RunLog.OpenAsync(path, new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var policy = new RetentionPolicy([new RetentionRule(RetainedTable.Runs, null, 1)], []);
        await log.PurgeAsync(new PurgeOrder(policy, PurgeSource.Schedule, null, DryRun: false, BatchRows: 2), (_, _, rows) => output.WriteLine(rows), CancellationToken.None);
        return 0;
    }
}
