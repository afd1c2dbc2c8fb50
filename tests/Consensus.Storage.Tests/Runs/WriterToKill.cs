using Consensus.Storage.Runs;
using Consensus.Storage.Tests.Making;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.Runs;

/// <summary>The program that a test kills: several writers at once, each telling every id on standard output once its run is durable.</summary>
internal static class WriterToKill
{
    public const string Command = "write-until-killed";

    private const int Writers = 16;

    public static async Task<int> RunAsync(string path)
    {
        await using var log = await RunLog.OpenAsync(path, new RunLogOptions { Content = RunContent.Full }, TimeProvider.System, NullLogger.Instance);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; ; n++)
            {
                var run = Shape.Run(new RandomFiller(HashCode.Combine(writer, n)));
                await log.SaveAsync(new RunRecord(run, KeyId: null, "killed"), CancellationToken.None);
                await output.WriteLineAsync(run.RunId.ToString());
            }
        })));
        return 0;
    }
}
