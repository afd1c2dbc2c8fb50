using System.Globalization;
using Consensus.Cli.Display;
using Consensus.Contracts.LongTerm;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Moving;
using Spectre.Console;

namespace Consensus.Cli.Moving;

/// <summary>Brings the evidence store along with the run log.</summary>
internal static class EvidenceMove
{
    /// <summary>Copies it, and says what was copied; what is there as it is is passed over. The move remembers it.</summary>
    /// <exception cref="InvalidDataException">Somebody wrote to one of the stores meanwhile, so that they differ.</exception>
    public static async Task RunAsync(Terminal terminal, StorageMove move, MovePlace from, MovePlace to, CancellationToken cancellationToken)
    {
        using var source = from.OpenEvidence(mayMake: false);
        if (source is null)
        {
            return;
        }

        using var target = to.OpenEvidence(mayMake: true)!;
        move.NoteEvidence(new MovedEvidence(Sha256: null));
        var receipt = await EvidenceCopy.RunAsync(source, target, removeOthers: true, told: null, cancellationToken);
        if (!receipt.IsEqual)
        {
            throw new InvalidDataException($"The evidence of {from.Name} was written to while it was copied: ask for the migration again.");
        }

        move.NoteEvidence(new MovedEvidence(receipt.To.Hash));
        terminal.Error.WriteLine(SafeText.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"evidence: {receipt.To.Collections:N0} collections, {receipt.To.Documents:N0} documents, {receipt.To.Records:N0} records, SHA-256 {receipt.To.Hash} in both places"), 1_000));
    }

    /// <summary>Takes it away from the new place of a move that is rolled back, where all of it is as it was copied.</summary>
    /// <returns>What became of it, as a sentence; null where nothing was copied.</returns>
    public static async Task<string?> TakeAwayAsync(StorageMove move, MovePlace to, CancellationToken cancellationToken)
    {
        if (move.Evidence is not { } copied)
        {
            return null;
        }

        if (copied.Sha256 is null)
        {
            return "Not all of its evidence had been copied: what is there stays.";
        }

        using var target = to.OpenEvidence(mayMake: false);
        if (target is null)
        {
            return null;
        }

        if (!copied.IsLeaving && (await EvidenceCopy.DigestAsync(target, cancellationToken)).Hash != copied.Sha256)
        {
            return "The evidence there was changed since it was copied, and stays.";
        }

        // Broken off, it is gone on with: what is left then is no longer what was copied.
        move.NoteEvidence(copied with { IsLeaving = true });
        await EvidenceCopy.RemoveAllAsync(target, cancellationToken);
        return "The evidence that was copied there is taken away.";
    }
}
