using Consensus.Contracts.LongTerm;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Moving;

/// <summary>Taking a move back.</summary>
public sealed partial class StorageMove
{
    /// <summary>What was copied to the new place beside the log; null when nothing was.</summary>
    public MovedEvidence? Evidence => Known()?.Document.Evidence;

    /// <summary>Notes what is being copied to the new place beside the log, or taken away there again. The move has been begun.</summary>
    public void NoteEvidence(MovedEvidence evidence)
    {
        var known = Known()!;
        known.Set(_target.Connection, known.State, known.Document with { Evidence = evidence }, _time.GetUtcNow());
    }

    /// <summary>
    /// Takes a move back: the old place takes writes again, and the new one, to be emptied (<see cref="Empty"/>), opens for nobody. Only while nothing was
    /// recorded at the new place since the switch; the service must not run on either. Broken off before it is emptied, the same is asked for again of a move
    /// that is opened anew.
    /// </summary>
    /// <returns>The move; null when there was none.</returns>
    /// <exception cref="RunLogUnavailableException">Entries were recorded since, or a process has the old place open.</exception>
    public Guid? RollBack()
    {
        var known = Known();
        if (known is null)
        {
            return null;
        }

        if (known.Document.Receipt is { } receipt && _target.Number("SELECT max(seq) FROM audit_log") is { } last && last != receipt.AuditSeq)
        {
            throw new RunLogUnavailableException(
                $"{last - receipt.AuditSeq} entries were recorded in {_to.Name} since the switch, and would be lost. "
                + "Move the log back instead: --from there --to a new place.");
        }

        if (_switch.IsSealed(known))
        {
            // From here on the new place opens for nobody, whatever happens to this process.
            known.Set(_target.Connection, MoveState.Copying, known.Document, _time.GetUtcNow());
            _switch.Unseal(known);
        }

        return known.MoveId;
    }

    /// <summary>Takes the log away from the new place of a move that was rolled back. Nothing can be asked of this move then.</summary>
    public void Empty()
    {
        _target.Connection.Dispose();
        _target.Database.Drop();
    }
}
