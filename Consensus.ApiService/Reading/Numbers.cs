using System.Text.Json;
using Consensus.Contracts.Errors;

namespace Consensus.ApiService.Reading;

/// <summary>JSON numbers: any length, any exponent.</summary>
internal static class Numbers
{
    public static double? Read(JsonElement value, string field, Violations violations, Func<double, bool> isInRange, string range)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(value)} is not a number.", Allowed.Words("a number"));
            return null;
        }

        if (value.TryGetDouble(out var number) && double.IsFinite(number) && isInRange(number))
        {
            return number;
        }

        violations.Add(field, FieldCodes.OutOfRange, $"{Shown.Value(value)} is outside the range.", Allowed.Words(range));
        return null;
    }

    /// <summary>A whole number, also when written <c>5.0</c> or <c>5e0</c>. One too large for a decimal comes back as the decimal's limit: out of any range.</summary>
    public static decimal? Whole(JsonElement value, string field, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(value)} is not a whole number.", Allowed.Words("a whole number"));
            return null;
        }

        if (!value.TryGetDecimal(out var number))
        {
            return value.GetRawText()[0] == '-' ? decimal.MinValue : decimal.MaxValue;
        }

        if (number == decimal.Truncate(number))
        {
            return number;
        }

        violations.Add(field, FieldCodes.InvalidType, $"{Shown.Value(value)} is not a whole number.", Allowed.Words("a whole number"));
        return null;
    }
}
