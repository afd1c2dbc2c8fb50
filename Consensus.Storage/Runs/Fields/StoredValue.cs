using System.Globalization;
using System.Text.Json;

namespace Consensus.Storage.Runs.Fields;

/// <summary>From a field's value to what SQLite takes.</summary>
internal static class StoredValue
{
    /// <summary>16 bytes in network order, so that bytes sort as ids do.</summary>
    public static byte[] Id(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Id(byte[] stored) => new(stored, bigEndian: true);

    /// <summary>A decimal keeps its digits as text: money is not a binary fraction.</summary>
    public static decimal? Money(string? stored) => stored is null ? null : decimal.Parse(stored, NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The value has no stored form: a number that is not finite, or a type that no field has.</exception>
    public static object ToSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        string or byte[] or long => value,
        int number => (long)number,
        bool flag => flag ? 1L : 0L,
        double number when double.IsFinite(number) => number,
        decimal money => money.ToString(CultureInfo.InvariantCulture),
        JsonElement json => json.GetRawText(),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be stored, or is not a finite number.", nameof(value)),
    };
}
