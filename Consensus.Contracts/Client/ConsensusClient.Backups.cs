using Consensus.Contracts.Json;
using Consensus.Contracts.LongTerm;

namespace Consensus.Contracts.Client;

/// <summary>Copies of every store; takes a key with the scope <c>admin</c>.</summary>
public sealed partial class ConsensusClient
{
    /// <summary>Makes a backup now and waits for it. One whose call is given up is made all the same.</summary>
    /// <exception cref="ConsensusApiException">
    /// Another is being made (<c>backup_in_progress</c>), it failed (<c>backup_failed</c>), there is nowhere for it (<c>backups_disabled</c>), the run log is a
    /// database (<c>backup_by_database</c>), the key is refused, or the API cannot be reached.
    /// </exception>
    public Task<BackupSummary> BackUpAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, "v1/backups"), ConsensusJson.Default.BackupSummary, cancellationToken);

    /// <summary>The complete backups, newest first.</summary>
    /// <param name="verify">Whether every file is read and held against its SHA-256, which takes as long as reading them all.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ConsensusApiException">There are none here (<c>backups_disabled</c>, <c>backup_by_database</c>), the key is refused, or the API cannot be reached.</exception>
    public Task<BackupList> ListBackupsAsync(bool verify = false, CancellationToken cancellationToken = default) =>
        SendAsync(Get("v1/backups" + (verify ? QueryText.Of(("verify", QueryText.Flag(true))) : "")), ConsensusJson.Default.BackupList, cancellationToken);
}
