using Consensus.Storage.Evidence;
using Consensus.Storage.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consensus.Storage.Tests.LongTerm;

/// <summary>
/// The program that a test kills: it imports an export with its evidence. Behind each transaction of evidence it tells how many things it has read, and goes on
/// when it is told to.
/// </summary>
internal static class ImporterToKill
{
    public const string Command = "import-until-killed";

    private const char Between = '|';

    /// <param name="export">The export.</param>
    /// <param name="log">The file of the log.</param>
    /// <param name="evidence">A file, or the connection string of a database.</param>
    public static string Argument(string export, string log, string evidence) => string.Join(Between, export, log, evidence);

    public static async Task<int> RunAsync(string argument)
    {
        var parts = argument.Split(Between);
        await using var log = await RunLog.OpenAsync(parts[1], new RunLogOptions(), TimeProvider.System, NullLogger.Instance, default);
        var receipt = await log.ImportWithEvidenceAsync(parts[0], _ => Open(parts[2]), dryRun: false, Step, default);
        return receipt.Refusals == 0 && receipt.Evidence!.Refused.Count == 0 ? 0 : 1;
    }

    private static void Step(long runs, long evidence)
    {
        if (evidence > 0)
        {
            Console.WriteLine(evidence);
            Console.ReadLine();
        }
    }

    private static EvidenceStore Open(string place) => place.StartsWith("Host=", StringComparison.Ordinal)
        ? EvidenceStore.OfServer(place, TimeProvider.System, NullLogger.Instance)
        : EvidenceStore.OfFile(place, TimeProvider.System, NullLogger.Instance);
}
