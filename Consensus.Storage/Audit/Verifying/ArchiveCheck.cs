using System.Data.Common;
using Consensus.Contracts.Audit;
using Consensus.Storage.Audit.Keys;
using Consensus.Storage.Databases;
using Consensus.Storage.LongTerm;
using Consensus.Storage.LongTerm.Archiving;
using Consensus.Storage.Runs.Fields;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>Compares each archived run, as its file has it, with the last entry that recorded it.</summary>
/// <param name="connection">The database, which has an archive.</param>
/// <param name="keys">The keys that may have signed.</param>
/// <param name="purged">The entries of runs that were purged.</param>
internal sealed class ArchiveCheck(DbConnection connection, AuditKeyRing keys, SeqRanges purged)
{
    private readonly ArchiveFiles _files = new(Path.GetDirectoryName(connection.DataSource)!);
    private (string Path, long Offset) _place;
    private IReadOnlyList<ReadOnlyMemory<byte>> _block = [];

    public long Compared { get; private set; }

    /// <summary>Archived runs without an entry: from before the trail.</summary>
    public long Before { get; private set; }

    /// <summary>The first run that is not as the trail says; null when all are.</summary>
    public AuditFinding? Check(CancellationToken cancellationToken)
    {
        using var runs = connection.Command($"{ArchivedRow.Select} ORDER BY a.segment_seq, a.block_offset, a.line");
        using var last = connection.Command(RunCheck.LastEntry);
        var id = last.Add("$id");
        using var reader = runs.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var run = StoredValue.Id((byte[])reader.GetValue(0));
            id.Value = run.ToString("D");
            if (RunCheck.Recorded(last) is not { } entry)
            {
                Before++;
                continue;
            }

            var place = entry.Place;
            if (entry.IsErased || purged.Contains(place))
            {
                return new AuditFinding(AuditFault.RunUnrecorded, place, $"The run {run:D} was erased, as the trail says, and stands in the archive.");
            }

            if (Hash(reader.GetString(2), reader.GetInt64(3), (int)reader.GetInt64(4)) is not { } hash || keys.Find(entry.KeyId)!.DigestOf(hash) != entry.Digest)
            {
                return new AuditFinding(AuditFault.RunChanged, place, $"The archived run {run:D} is not what entry {place} recorded.");
            }

            Compared++;
        }

        return null;
    }

    /// <summary>The hash of the record as the file has it; null where it cannot be read.</summary>
    private byte[]? Hash(string path, long offset, int line)
    {
        try
        {
            if (_place != (path, offset))
            {
                _block = _files.ReadBlock(path, offset);
                _place = (path, offset);
            }

            return line < _block.Count ? PortableRunJson.Read(_block[line]).ComputeHash() : null;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return null;
        }
    }
}
