using System.Globalization;
using System.Numerics;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.Answering;

/// <summary>The wrong numbers that a careless calculator comes to: a dropped carry, swapped digits, one off, a slipped point.</summary>
internal static class Slips
{
    private const int Most = 12;

    /// <summary>Up to twelve wrong values, the likelier ones first; never negative or broken where the right one is not.</summary>
    public static IReadOnlyList<Answer> Near(Rational right, bool dollars = false, IEnumerable<Rational>? likely = null)
    {
        var wrong = new List<Answer>(Most);
        foreach (var value in (likely ?? []).Concat(Candidates(right)))
        {
            var fits = value != right && (value.Sign >= 0 || right.Sign < 0) && (value.IsInteger || !right.IsInteger);
            if (fits && wrong.TrueForAll(w => w.Number != value) && wrong.Count < Most)
            {
                wrong.Add(Answer.Of(value, dollars));
            }
        }

        return wrong;
    }

    private static IEnumerable<Rational> Candidates(Rational right)
    {
        var magnitude = right < 0 ? -right : right;
        var ten = magnitude > 20 ? 10 : 2;
        yield return right + ten;
        yield return right - ten;
        if (Swapped(right) is { } swapped)
        {
            yield return swapped;
        }

        yield return right + 1;
        yield return right - 1;
        if (magnitude > 200)
        {
            yield return right + 100;
            yield return right - 100;
        }

        yield return right * 2;
        yield return right / 2;
        yield return right * 10;
        yield return right / 10;
        for (var off = 3; ; off++)
        {
            yield return right + off;
            if (off > Most)
            {
                yield break;
            }
        }
    }

    /// <summary>The value with its last two digits swapped, when that changes it.</summary>
    private static Rational? Swapped(Rational value)
    {
        if (!value.IsInteger || value.Numerator < 10)
        {
            return null;
        }

        var digits = value.Numerator.ToString(CultureInfo.InvariantCulture).ToCharArray();
        (digits[^1], digits[^2]) = (digits[^2], digits[^1]);
        return digits[0] == '0' ? null : new Rational(BigInteger.Parse(digits, CultureInfo.InvariantCulture), 1);
    }
}
