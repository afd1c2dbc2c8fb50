using Consensus.Storage.Runs;

namespace Consensus.ApiService.Evidence;

/// <summary>Counts what was spent outside of runs against the day of a key.</summary>
internal sealed partial class KeyCharge(RunLog log, ILogger<KeyCharge> logger)
{
    /// <summary>Counts a cost; where it is not known, or no key is named, there is nothing to count. A log that cannot be written is told of and
    /// forgiven.</summary>
    public async Task AddAsync(string? keyId, decimal? usd)
    {
        if (keyId is null || usd is not > 0)
        {
            return;
        }

        try
        {
            await log.AddJudgingCostAsync(keyId, usd.Value, CancellationToken.None);
        }
        catch (RunLogUnavailableException fault)
        {
            LogNotCharged(fault, keyId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What was spent could not be counted against the key {KeyId}")]
    private partial void LogNotCharged(Exception fault, string keyId);
}
