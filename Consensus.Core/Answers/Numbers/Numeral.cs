using System.Runtime.InteropServices;

namespace Consensus.Core.Answers.Numbers;

/// <summary>
/// Reads one run of digits with its separators: 1,234,567 · 1,234.50 · 1.234,50 · 1 234,50 · 1'234 · 12,34,567 · 0,5 · 1_000. Where a comma could
/// group or be the decimal sign (1,234), exactly three digits after it mean grouping, unless a zero stands before it; a single point is always decimal.
/// </summary>
internal static class Numeral
{
    private const int MaxGroups = 40;

    public static Quantity? Read(string text, ref int position, bool spacesGroup)
    {
        Span<Group> buffer = stackalloc Group[MaxGroups];
        var groups = buffer[..Groups(text, position, spacesGroup, buffer)];
        var (used, hasDecimals, valid) = Interpret(text, groups);
        if (!valid)
        {
            position = groups[^1].End;
            return null;
        }
        Span<char> digits = stackalloc char[used * 32 + 8];
        var rented = groups[used - 1].End - groups[0].Start > digits.Length ? new char[groups[used - 1].End - groups[0].Start] : digits;
        var length = 0;
        for (var g = 0; g < (hasDecimals ? used - 1 : used); g++)
        {
            text.AsSpan(groups[g].Start, groups[g].Length).CopyTo(rented[length..]);
            length += groups[g].Length;
        }
        var fraction = hasDecimals ? text.AsSpan(groups[used - 1].Start, groups[used - 1].Length) : [];
        position = groups[used - 1].End;
        var exponent = Quantity.Exponent(text, ref position);
        return Quantity.FromDigits(negative: false, rented[..length], fraction, exponent);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Group(int Start, int Length, char Before)
    {
        public int End => Start + Length;
    }

    private static int Groups(string text, int start, bool spacesGroup, Span<Group> groups)
    {
        var count = 0;
        var before = '\0';
        var i = start;
        while (count < groups.Length)
        {
            var groupStart = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            groups[count++] = new Group(groupStart, i - groupStart, before);
            if (i + 1 >= text.Length || !char.IsAsciiDigit(text[i + 1]) || text[i] is not (',' or '.' or '\'' or '_' or '\u00A0' or ' '))
                break;
            before = text[i];
            if (before == ' ' && (!spacesGroup || i - groupStart > 3 || !IsTriple(text, i + 1)))
                break;
            i++;
        }
        return count;
    }

    private static bool IsTriple(string text, int start)
    {
        var end = start;
        while (end < text.Length && end < start + 4 && char.IsAsciiDigit(text[end]))
            end++;
        return end - start == 3;
    }

    /// <summary>How many groups make the number, and whether the last of them is its fraction.</summary>
    private static (int Used, bool HasDecimals, bool Valid) Interpret(string text, ReadOnlySpan<Group> groups)
    {
        if (groups[0].Length == 0)
            return groups.Length >= 2 && groups[1].Before == '.' ? (2, true, groups.Length == 2 || groups[2].Before != '.') : (1, false, groups[0].Length > 0);
        if (groups.Length == 1)
            return (1, false, true);
        var first = groups[1].Before;
        var last = groups[^1].Before;
        var uniform = 1;
        while (uniform < groups.Length && groups[uniform].Before == first)
            uniform++;
        var startsWithZero = text[groups[0].Start] == '0';
        if (first == '_')
            return (uniform, false, true);
        if (uniform == groups.Length - 1 && last is ',' or '.' && last != first && !startsWithZero && IsGrouped(groups[..uniform]))
            return (groups.Length, true, true);
        if (first == '.' && uniform == 2)
            return (2, true, true);
        if (!startsWithZero && IsGrouped(groups[..uniform]))
            return (uniform, false, true);
        if (first == '.')
            return (uniform, false, false);
        if (first == ',' && groups.Length == 2 && !IsListed(text, groups))
            return (2, true, true);
        return (1, false, true);
    }

    private static bool IsGrouped(ReadOnlySpan<Group> groups)
    {
        if (groups[0].Length > 3 || groups[^1].Length != 3)
            return false;
        var indian = groups[0].Length <= 2 && groups.Length > 2;
        for (var i = 1; i < groups.Length - 1; i++)
        {
            indian &= groups[i].Length == 2 && groups[i].Before == ',';
            if (groups[i].Length != 3 && !indian)
                return false;
        }
        return true;
    }

    // (1,2) and [1,2] are lists.
    private static bool IsListed(string text, ReadOnlySpan<Group> groups) =>
        groups[0].Start > 0 && text[groups[0].Start - 1] is '(' or '[' or '{' && groups[^1].End < text.Length && text[groups[^1].End] is ')' or ']' or '}';
}
