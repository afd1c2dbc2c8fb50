using System.Globalization;
using Consensus.Cli.Display;
using Consensus.Storage.Evidence.Copying;
using Consensus.Storage.Moving;
using Spectre.Console;

namespace Consensus.Cli.Moving;

/// <summary>Brings the evidence store along with the run log.</summary>
internal static class EvidenceMove
{
    /// <summary>Copies it, and says what was copied; what is there as it is is passed over.</summary>
    /// <exception cref="InvalidDataException">Somebody wrote to one of the stores meanwhile, so that they differ.</exception>
    public static async Task RunAsync(Terminal terminal, MovePlace from, MovePlace to, CancellationToken cancellationToken)
    {
        using var source = from.OpenEvidence(mayMake: false);
        if (source is null)
        {
            return;
        }

        using var target = to.OpenEvidence(mayMake: true)!;
        var receipt = await EvidenceCopy.RunAsync(source, target, removeOthers: true, told: null, cancellationToken);
        if (!receipt.IsEqual)
        {
            throw new InvalidDataException($"The evidence of {from.Name} was written to while it was copied: ask for the migration again.");
        }

        terminal.Error.WriteLine(SafeText.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"evidence: {receipt.To.Collections:N0} collections, {receipt.To.Documents:N0} documents, {receipt.To.Records:N0} records, SHA-256 {receipt.To.Hash} in both places"), 1_000));
    }
}
