using System.Globalization;
using Consensus.Contracts.Evidence;
using Consensus.Storage.Runs;

namespace Consensus.Storage.Evidence;

/// <summary>An evidence record as it is stored.</summary>
/// <param name="Place">Where it stands among all.</param>
/// <param name="KeyId">The key that it belongs to.</param>
/// <param name="Read">What it says; a version that is not known here is refused.</param>
internal sealed record RecordRow(RecordPlace Place, string? KeyId, Func<EvidenceRecord> Read);

/// <summary>Where a record stands: by its time, then its id.</summary>
/// <param name="Ticks">When it was made, in ticks of 100 ns.</param>
/// <param name="Id">The record.</param>
internal readonly record struct RecordPlace(long Ticks, Guid Id)
{
    private const int TicksDigits = 19;

    /// <summary>Where records begin that were made at a time.</summary>
    public static RecordPlace From(DateTimeOffset at) => new(at.UtcTicks, Guid.Empty);

    /// <summary>Reads what <see cref="ToString"/> has written.</summary>
    /// <exception cref="InvalidCursorException">It is something else.</exception>
    public static RecordPlace? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return text.Length > TicksDigits && text[TicksDigits] == '/'
            && long.TryParse(text.AsSpan(0, TicksDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && Guid.TryParseExact(text.AsSpan(TicksDigits + 1), "N", out var id)
            ? new RecordPlace(ticks, id)
            : throw new InvalidCursorException("The text is not a cursor of this listing.");
    }

    /// <summary>As a text that is ordered as the places are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks:D19}/{Id:N}");
}
