using Consensus.Cli.Display;
using Consensus.Cli.Storage;
using Consensus.Contracts.Retention;
using Consensus.Storage.Runs;
using Spectre.Console;

namespace Consensus.Cli.Retention;

/// <summary>Purges the run log in a database, beside the processes of the API: batch by batch, with their writes in between.</summary>
internal static class ServerLog
{
    /// <returns>What was purged; null when it could not be, with the reason told.</returns>
    public static async Task<PurgeReceipt?> PurgeAsync(string database, bool dryRun, Terminal terminal, CancellationToken cancellationToken)
    {
        if (LogPlace.FindServer(database, "--database", terminal) is not { ConnectionString: { } server })
        {
            return null;
        }

        try
        {
            await using var log = await LogPlace.OpenAsync(server, mayCreate: false, terminal, cancellationToken);
            if (await StoppedLog.PurgeAsync(log, dryRun, cancellationToken) is var (receipt, _))
            {
                return receipt;
            }

            terminal.Error.WriteLine(StoppedLog.NoPolicy + ".");
        }
        catch (RunLogUnavailableException fault)
        {
            terminal.Error.WriteLine(SafeText.Line(fault.Message, 1_000));
        }

        return null;
    }
}
