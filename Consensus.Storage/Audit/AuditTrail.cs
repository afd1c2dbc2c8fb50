using Consensus.Contracts.Audit;
using Consensus.Contracts.Provenance;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Runs;
using Consensus.Storage.Telemetry;
using Microsoft.Extensions.Logging;

namespace Consensus.Storage.Audit;

/// <summary>What the trail of one run log is signed with, and where its heads are kept.</summary>
/// <param name="options">The settings.</param>
/// <param name="folder">The storage folder.</param>
/// <param name="isCommand">Whether a command works on the log, not the API: it makes no key where entries were signed with one that it does not have.</param>
/// <param name="keepsHeads">Whether heads are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it logs.</param>
internal sealed partial class AuditTrail(AuditOptions options, string folder, bool isCommand, bool keepsHeads, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly HeadFile _file = new(Path.GetFullPath(options.HeadFile, folder));
    private AuditKeyRing? _keys;
    private ChainEnd _durable = ChainEnd.Nothing;
    private long _kept;
    private bool _failing;

    /// <summary>Whether a command works on the log, not the API.</summary>
    public bool IsCommand => isCommand;

    /// <summary>The file of signed heads.</summary>
    public string HeadPath => _file.Path;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>How often a head is kept.</summary>
    public TimeSpan Every => options.HeadEvery;

    /// <summary>The key to sign with.</summary>
    /// <param name="last">The key of the last entry; null when there is none yet.</param>
    /// <exception cref="RunLogUnavailableException">A command does not have the key.</exception>
    /// <exception cref="IOException">The key file cannot be read or made.</exception>
    public AuditKey KeyFor(string? last)
    {
        lock (_gate)
        {
            _keys ??= AuditKeyRing.Load(options, folder, mayMake: !isCommand || last is null);
            return _keys is not null && (!isCommand || last is null || _keys.Find(last) is not null)
                ? _keys.Current
                : throw new RunLogUnavailableException(
                    $"The audit trail is signed with the key {last}, which is not here: set Audit__Key to what the API has as Audit:Key.");
        }
    }

    /// <summary>Signs the end of a chain.</summary>
    public AuditHead Sign(ChainEnd end)
    {
        lock (_gate)
        {
            _keys ??= AuditKeyRing.Load(options, folder, mayMake: !isCommand)!;
            return Heads.Sign(end, Now, _keys.Current);
        }
    }

    /// <summary>What stands for a request.</summary>
    /// <param name="sha256">The SHA-256 of the request's canonical text.</param>
    /// <param name="key">The id of the key; null: the one that signs.</param>
    /// <returns>The hash; null where there is no such key.</returns>
    /// <exception cref="IOException">The key file cannot be read or made.</exception>
    public RequestHash? HashRequest(ReadOnlySpan<byte> sha256, string? key = null)
    {
        lock (_gate)
        {
            _keys ??= AuditKeyRing.Load(options, folder, mayMake: !isCommand);
            var signer = key is null ? _keys?.Current : _keys?.Find(key);
            return signer is null ? null : new RequestHash("hmac-sha256", signer.Id, signer.RequestOf(sha256));
        }
    }

    /// <summary>A batch is durable: after so many entries a head is kept at once.</summary>
    public void Committed(ChainEnd end)
    {
        lock (_gate)
        {
            _durable = end;
            if (_kept == 0 || end.Seq - _kept >= options.HeadEntries)
                KeepLocked();
        }
    }

    /// <summary>Keeps a head of what is durable, unless the last one tells of it already. A failure is logged and tried again the next time.</summary>
    public void Keep()
    {
        lock (_gate)
            KeepLocked();
    }

    private void KeepLocked()
    {
        if (!keepsHeads || _durable.Seq == _kept)
            return;
        try
        {
            _file.Append(Heads.Sign(_durable, Now, _keys!.Current));
            _kept = _durable.Seq;
            StorageMetrics.HeadKept(isKept: true);
            _failing = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            StorageMetrics.HeadKept(isKept: false);
            if (!_failing)
                LogHeadFailed(fault, _file.Path);
            _failing = true;
        }
    }

    [LoggerMessage(LogLevel.Error, "The audit trail's head cannot be kept in {Path}; it is tried again, and further failures are not logged until one is kept")]
    private partial void LogHeadFailed(Exception fault, string path);
}
