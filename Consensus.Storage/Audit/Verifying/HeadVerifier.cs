using Consensus.Contracts.Audit;
using Consensus.Storage.Audit.Keys;

namespace Consensus.Storage.Audit.Verifying;

/// <summary>Compares signed heads with a chain, both read once and in their order.</summary>
internal sealed class HeadVerifier : IDisposable
{
    private readonly AuditKeyRing _keys;
    private readonly IEnumerator<AuditHead?> _heads;
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
                return new AuditFinding(AuditFault.HeadNotInChain, head.Seq, $"Line {_line} of the heads tells of entry {head.Seq}, after heads of later ones.");
            if (head.Hash != Convert.ToHexStringLower(entry.Hash))
                return new AuditFinding(AuditFault.HeadNotInChain, head.Seq, $"Line {_line} of the heads tells of another entry {head.Seq} than the trail has.");
            Compared++;
            Advance();
        }

        return _finding;
    }

    /// <summary>The chain ended with this entry.</summary>
    public AuditFinding? End(ChainEnd last) => _finding ?? (_next is { } head
        ? new AuditFinding(AuditFault.CutTail, last.Seq + 1, $"The trail ends with entry {last.Seq}, and line {_line} of the heads tells of entry {head.Seq}.")
        : null);

    public void Dispose() => _heads.Dispose();

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
