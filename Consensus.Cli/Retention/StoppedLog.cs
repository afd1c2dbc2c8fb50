using Consensus.Cli.Display;
using Consensus.Contracts.Retention;
using Consensus.Storage.Retention;
using Consensus.Storage.Runs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Consensus.Cli.Retention;

/// <summary>Purges the run log of an API that is stopped, with the file to itself.</summary>
internal static class StoppedLog
{
    /// <summary>What is said of a log that has no policy.</summary>
    public const string NoPolicy = "No policy stands in the run log yet: start the API once with the settings Retention:…";

    /// <returns>What was purged; null when it could not be, with the reason told.</returns>
    public static async Task<PurgeReceipt?> PurgeAsync(string folder, bool dryRun, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, RunLogRegistration.FileName);
        try
        {
            var (receipt, givesSpaceBack) = await PurgeAsync(path, dryRun, cancellationToken);
            if (receipt is null)
            {
                terminal.Error.WriteLine(NoPolicy + ", and stop it again.");
            }
            else if (!dryRun && !givesSpaceBack)
            {
                // Once for a file from before; from then on it shrinks in steps.
                RunLog.Rewrite(path, NullLogger.Instance);
                receipt = receipt with { BytesAfter = new FileInfo(path).Length };
            }

            return receipt;
        }
        catch (Exception fault) when (fault is RunLogUnavailableException or SqliteException)
        {
            terminal.Error.WriteLine(SafeText.Line(fault.Message, 1_000));
            return null;
        }
    }

    private static async Task<(PurgeReceipt? Receipt, bool GivesSpaceBack)> PurgeAsync(string path, bool dryRun, CancellationToken cancellationToken)
    {
        await using var log = await RunLog.OpenAloneAsync(path, TimeProvider.System, NullLogger.Instance, cancellationToken);
        return await PurgeAsync(log, dryRun, cancellationToken) is var (receipt, policy)
            ? (receipt, (await log.SurveyAsync(policy, cancellationToken)).GivesSpaceBack)
            : (null, false);
    }

    /// <summary>Purges by the policy that stands in the log; null where none does.</summary>
    public static async Task<(PurgeReceipt Receipt, RetentionPolicy Policy)?> PurgeAsync(RunLog log, bool dryRun, CancellationToken cancellationToken) =>
        await log.FindPolicyAsync(cancellationToken) is { } policy
            ? (await log.PurgeAsync(new PurgeOrder(policy, PurgeSource.Cli, KeyId: null, dryRun, RetentionSettings.DefaultBatchRows), told: null, cancellationToken), policy)
            : null;
}
