using System.Globalization;
using System.Numerics;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
internal readonly record struct Rational : IComparable<Rational>
{
    /// <summary>So many digits are calculated with; more is refused, so that no expression can keep the server busy.</summary>
    private const int MostBits = 4096;

    private const int Decimals = 6;

    private readonly BigInteger denominatorLessOne;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new ArithmeticException("Division by zero.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        denominatorLessOne = (denominator / divisor) - 1;
        if (Numerator.GetBitLength() > MostBits || denominatorLessOne.GetBitLength() > MostBits)
        {
            throw new ArithmeticException("Too large.");
        }
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => denominatorLessOne + 1;

    public bool IsInteger => denominatorLessOne.IsZero;

    public int Sign => Numerator.Sign;

    public static implicit operator Rational(long value) => new(value, 1);

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The largest whole number not above this one.</summary>
    public Rational Floor() => new((Numerator - Modulus(Numerator, Denominator)) / Denominator, 1);

    public Rational Ceiling() => -(-this).Floor();

    /// <summary>What is left after taking <paramref name="divisor"/> away as often as it goes; has the divisor's sign.</summary>
    public Rational Mod(Rational divisor) => this - (divisor * (this / divisor).Floor());

    public Rational Power(Rational exponent)
    {
        if (!exponent.IsInteger || BigInteger.Abs(exponent.Numerator) > 1000)
        {
            throw new ArithmeticException("The exponent is not a small whole number.");
        }

        var power = (int)exponent.Numerator;
        var size = Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength()) * Math.Abs(power);
        if (size > MostBits)
        {
            throw new ArithmeticException("Too large.");
        }

        var raised = new Rational(BigInteger.Pow(Numerator, Math.Abs(power)), BigInteger.Pow(Denominator, Math.Abs(power)));
        return power < 0 ? 1 / raised : raised;
    }

    /// <summary>The square root: exact where it is rational, else to six decimals.</summary>
    public Rational SquareRoot()
    {
        if (Sign < 0)
        {
            throw new ArithmeticException("The root of a negative number.");
        }

        var (top, bottom) = (WholeRoot(Numerator), WholeRoot(Denominator));
        if (top * top == Numerator && bottom * bottom == Denominator)
        {
            return new(top, bottom);
        }

        var scale = BigInteger.Pow(10, Decimals);
        var scaled = WholeRoot(4 * Numerator * scale * scale / Denominator);
        return new((scaled + 1) / 2, scale);
    }

    /// <summary>Parses digits with an optional point; thousands separators must be gone.</summary>
    public static Rational Parse(ReadOnlySpan<char> digits)
    {
        var point = digits.IndexOf('.');
        if (digits.Length > 200)
        {
            throw new ArithmeticException("Too large.");
        }

        return point < 0
            ? new(BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), 1)
            : new(BigInteger.Parse(string.Concat(digits[..point], digits[(point + 1)..]), NumberStyles.None, CultureInfo.InvariantCulture), BigInteger.Pow(10, digits.Length - point - 1));
    }

    /// <summary>A whole number, a terminating decimal of up to six places, or one rounded to six places, half away from zero.</summary>
    public override string ToString()
    {
        if (IsInteger)
        {
            return Numerator.ToString(CultureInfo.InvariantCulture);
        }

        var scale = BigInteger.Pow(10, Decimals);
        var scaled = ((2 * BigInteger.Abs(Numerator) * scale) + Denominator) / (2 * Denominator);
        var fraction = (scaled % scale).ToString($"D{Decimals}", CultureInfo.InvariantCulture).TrimEnd('0');
        var text = (scaled / scale).ToString(CultureInfo.InvariantCulture) + (fraction.Length == 0 ? "" : "." + fraction);
        return Sign < 0 && !scaled.IsZero ? "-" + text : text;
    }

    private static BigInteger Modulus(BigInteger a, BigInteger b) => ((a % b) + b) % b;

    private static BigInteger WholeRoot(BigInteger n)
    {
        if (n.IsZero)
        {
            return 0;
        }

        // Newton's method from above; each step at least halves the error until the root is passed.
        var root = BigInteger.One << (int)((n.GetBitLength() / 2) + 1);
        while (true)
        {
            var next = (root + (n / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
