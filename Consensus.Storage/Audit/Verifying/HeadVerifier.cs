using Consensus.Contracts.Audit;
using Consensus.Storage.Audit.Keys;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>
/// Compares signed heads with a chain, both read once and in their order. Where several processes keep heads in one file, some come after heads of later entries:
/// those are compared at the end.
/// </summary>
internal sealed class HeadVerifier : IDisposable
{
    private readonly AuditKeyRing _keys;
    private readonly IEnumerator<AuditHead?> _heads;
    private readonly List<(long Line, long Seq, string Hash)> _late = [];
    private AuditHead? _next;
    private long _line;
    private AuditFinding? _finding;

    /// <param name="heads">The heads in the order in which they were kept; null for a line that is none.</param>
    /// <param name="keys">The keys that may have signed.</param>
    public HeadVerifier(IEnumerable<AuditHead?> heads, AuditKeyRing keys)
    {
        _keys = keys;
        _heads = heads.GetEnumerator();
        Advance();
    }

    /// <summary>How many heads agreed with the chain.</summary>
    public long Compared { get; private set; }

    /// <summary>The chain goes on with this entry, which is good in itself.</summary>
    public AuditFinding? Next(ChainEnd entry)
    {
        while (_finding is null && _next is { } head && head.Seq <= entry.Seq)
        {
            if (head.Seq < entry.Seq)
                _late.Add((_line, head.Seq, head.Hash));
            else if (head.Hash != Convert.ToHexStringLower(entry.Hash))
                return Another(_line, head.Seq);
            else
                Compared++;
            Advance();
        }

        return _finding;
    }

    /// <summary>The chain ended with this entry.</summary>
    /// <param name="last">The last entry.</param>
    /// <param name="hashOf">The hash of an entry of the chain by its place; null where it has none.</param>
    public AuditFinding? End(ChainEnd last, Func<long, byte[]?> hashOf)
    {
        if (_finding is null && _next is { } head)
            return new AuditFinding(AuditFault.CutTail, last.Seq + 1, $"The trail ends with entry {last.Seq}, and line {_line} of the heads tells of entry {head.Seq}.");
        foreach (var (line, seq, hash) in _late)
        {
            if (_finding is not null)
                break;
            if (hashOf(seq) is { } there && hash == Convert.ToHexStringLower(there))
                Compared++;
            else
                _finding = Another(line, seq);
        }

        return _finding;
    }

    public void Dispose() => _heads.Dispose();

    private static AuditFinding Another(long line, long seq) =>
        new(AuditFault.HeadNotInChain, seq, $"Line {line} of the heads tells of another entry {seq} than the trail has.");

    private void Advance()
    {
        _next = null;
        if (!_heads.MoveNext())
            return;
        _line++;
        if (_heads.Current is not { } head || head.Seq != head.Entries || head.SchemaVersion != Heads.SchemaVersion)
            _finding = new AuditFinding(AuditFault.Head, 0, $"Line {_line} of the heads is none.");
        else if (_keys.Find(head.KeyId) is not { } key)
            _finding = new AuditFinding(AuditFault.UnknownKey, head.Seq, $"Line {_line} of the heads names the audit key {head.KeyId}, which is not known.");
        else if (!Heads.IsSigned(head, key))
            _finding = new AuditFinding(AuditFault.Head, head.Seq, $"The signature in line {_line} of the heads is not that of the audit key {key.Id}.");
        else
            _next = head;
    }
}
