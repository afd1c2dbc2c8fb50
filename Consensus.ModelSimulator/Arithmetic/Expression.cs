using System.Numerics;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>
/// Evaluates an arithmetic expression exactly. Grammar, loosest first: <c>sum = product (('+'|'-') product)*</c>; <c>product = unary (('*'|'/'|mod) unary)*</c>;
/// <c>unary = '-' unary | power</c>; <c>power = postfix ('^' unary)?</c>; <c>postfix = primary ('!' | '%')*</c>; <c>primary = number | '(' sum ')' | sqrt primary</c>.
/// </summary>
internal ref struct Expression
{
    private const int DeepestNesting = 100;

    private readonly ReadOnlySpan<char> text;
    private int position;
    private int depth;
    private int operations;

    private Expression(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Evaluates the whole text.</summary>
    /// <param name="text">Digits, operators, parentheses, <c>sqrt</c>, <c>mod</c>; spaces anywhere between them.</param>
    /// <param name="value">The value.</param>
    /// <param name="operations">How many operators there were; 0 for a bare number.</param>
    /// <returns>Whether the text is an expression that has a value: not for a division by zero or a value too large.</returns>
    public static bool TryEvaluate(ReadOnlySpan<char> text, out Rational value, out int operations)
    {
        (value, operations) = (0, 0);
        if (text.Length > 1000)
        {
            return false;
        }

        var expression = new Expression(text);
        try
        {
            if (!expression.Sum(out value))
            {
                return false;
            }
        }
        catch (ArithmeticException)
        {
            return false;
        }

        operations = expression.operations;
        expression.SkipSpace();
        return expression.position == text.Length;
    }

    private bool Sum(out Rational value)
    {
        if (!Product(out value))
        {
            return false;
        }

        while (TakeAny("+-", out var sign))
        {
            if (!Product(out var next))
            {
                return false;
            }

            value = sign == '+' ? value + next : value - next;
        }

        return true;
    }

    private bool Product(out Rational value)
    {
        if (!Unary(out value))
        {
            return false;
        }

        while (true)
        {
            var modulo = TakeWord("mod");
            char sign = default;
            if (!modulo && !TakeAny("*/", out sign))
            {
                return true;
            }

            operations += modulo ? 1 : 0;
            if (!Unary(out var next))
            {
                return false;
            }

            value = modulo ? value.Mod(next) : sign == '*' ? value * next : value / next;
        }
    }

    private bool Unary(out Rational value)
    {
        SkipSpace();
        if (position < text.Length && text[position] == '-')
        {
            position++;
            if (++depth > DeepestNesting || !Unary(out value))
            {
                value = 0;
                return false;
            }

            depth--;
            value = -value;
            return true;
        }

        return Power(out value);
    }

    private bool Power(out Rational value)
    {
        if (!Postfix(out value))
        {
            return false;
        }

        if (!TakeAny("^", out _))
        {
            return true;
        }

        if (!Unary(out var exponent))
        {
            return false;
        }

        value = value.Power(exponent);
        return true;
    }

    private bool Postfix(out Rational value)
    {
        if (!Primary(out value))
        {
            return false;
        }

        while (TakeAny("!%", out var sign))
        {
            value = sign == '%' ? value / 100 : Factorial(value);
        }

        return true;
    }

    private bool Primary(out Rational value)
    {
        value = 0;
        SkipSpace();
        if (TakeWord("sqrt"))
        {
            operations++;
            var ok = ++depth <= DeepestNesting && Primary(out value);
            depth--;
            value = ok ? value.SquareRoot() : value;
            return ok;
        }

        if (position < text.Length && text[position] == '(')
        {
            position++;
            var ok = ++depth <= DeepestNesting && Sum(out value);
            depth--;
            SkipSpace();
            return ok && position < text.Length && text[position++] == ')';
        }

        return Number(out value);
    }

    private bool Number(out Rational value)
    {
        value = 0;
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || (text[position] == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))))
        {
            position++;
        }

        var digits = text[start..position];
        if (digits.IsEmpty || digits.Count('.') > 1)
        {
            return false;
        }

        value = Rational.Parse(digits);
        return true;
    }

    private static Rational Factorial(Rational value)
    {
        if (!value.IsInteger || value.Sign < 0 || value > 100)
        {
            throw new ArithmeticException("No factorial.");
        }

        var product = BigInteger.One;
        for (var factor = 2; factor <= value.Numerator; factor++)
        {
            product *= factor;
        }

        return new(product, 1);
    }

    private bool TakeAny(string signs, out char sign)
    {
        SkipSpace();
        sign = position < text.Length ? text[position] : default;
        if (sign == default || !signs.Contains(sign))
        {
            return false;
        }

        position++;
        operations++;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipSpace();
        if (!text[position..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        position += word.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }
    }
}
