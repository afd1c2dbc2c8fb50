using System.Numerics;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>Properties of whole numbers.</summary>
internal static class Divisibility
{
    private static readonly BigInteger LargestTried = BigInteger.Pow(10, 12);

    /// <summary>Whether the number is prime; false for what is no whole number, and for numbers above 10¹², which are not tried.</summary>
    public static bool IsPrime(Rational number)
    {
        if (!number.IsInteger || number.Numerator < 2 || number.Numerator > LargestTried)
        {
            return false;
        }

        var n = (long)number.Numerator;
        for (long divisor = 2; divisor * divisor <= n; divisor++)
        {
            if (n % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether primality can be told.</summary>
    public static bool CanTell(Rational number) => number.IsInteger && number.Numerator <= LargestTried;

    public static bool Divides(Rational divisor, Rational number) =>
        divisor.IsInteger && number.IsInteger && divisor.Sign != 0 && (number.Numerator % divisor.Numerator).IsZero;

    public static bool IsSquare(Rational number) => number is { IsInteger: true, Sign: >= 0 } && number.SquareRoot() is { IsInteger: true } root && root * root == number;
}
