using Consensus.Contracts.Fitting;

namespace Consensus.Storage.Fitting;

/// <summary>Writes fitted documents: equal content gives equal bytes and one version.</summary>
public static class FittedWriter
{
    /// <summary>The document as a file.</summary>
    /// <exception cref="ArgumentException">It would not be read back; the message has every reason.</exception>
    public static string Write(IEnumerable<FittedPanel> panels, DateTimeOffset fittedAt) => FittedVersion.FileOf(State(panels, fittedAt).Document);

    /// <summary>The document, checked and ready to be asked.</summary>
    /// <param name="panels">What was learned, in any order.</param>
    /// <param name="fittedAt">When.</param>
    /// <exception cref="ArgumentException">It would be refused; the message has every reason.</exception>
    public static FittedState State(IEnumerable<FittedPanel> panels, DateTimeOffset fittedAt)
    {
        var unnamed = new FittedDocument
        {
            SchemaVersion = FittedDocument.CurrentSchemaVersion,
            Version = "",
            FittedAt = fittedAt.ToUniversalTime(),
            Panels = [.. panels.OrderBy(p => FittedState.Key(p.Fit.Models, p.Fit.Kind), StringComparer.Ordinal).Select(PanelWriter.ToBody)],
        };
        var reading = FittedReader.Read(unnamed with { Version = FittedVersion.Of(unnamed) });
        return reading.State
            ?? throw new ArgumentException(
                $"The document is not valid: {string.Join(" ", reading.Errors.Select(e => $"{e.Field}: {e.Message}"))}", nameof(panels));
    }
}
