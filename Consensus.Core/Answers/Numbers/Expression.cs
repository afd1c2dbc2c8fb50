using System.Globalization;

namespace Consensus.Core.Answers.Numbers;

/// <summary>
/// The value of an answer that is written as an expression: <c>2√3</c>, <c>(1+√5)/2</c>, <c>3π/4</c>, <c>(6 + 9) * 2</c>. A lone difference is none, for
/// "10 - 12" is a range; nor are signs without spaces around them, for 2024-05-01 is a date.
/// </summary>
internal ref struct Expression
{
    private const int MaxLength = 200;
    private const int MaxDepth = 16;

    private readonly ReadOnlySpan<char> text;
    private int position;
    private int depth;

    private Expression(ReadOnlySpan<char> text) => this.text = text;

    public static Quantity? Evaluate(ReadOnlySpan<char> text)
    {
        text = text.Trim(" $\t");
        var isIrrational = text.IndexOfAny('√', 'π') >= 0;
        if (text.Length is 0 or > MaxLength || text.IndexOfAnyInRange('0', '9') < 0 && !isIrrational
            || text.IndexOfAnyExcept("0123456789.+-*/^()√π×·÷{} ") >= 0)
            return null;
        if (!isIrrational && !IsArithmetic(text))
            return null;
        var expression = new Expression(text);
        var value = expression.Sum();
        expression.SkipSpaces();
        return expression.position == text.Length ? Quantity.FromDouble(value) : null;
    }

    private static bool IsArithmetic(ReadOnlySpan<char> text)
    {
        var operators = 0;
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] is '*' or '/' or '×' or '·' or '÷' or '^')
                operators++;
            if (text[i] is not ('+' or '-'))
                continue;
            var before = text[..i].TrimEnd();
            if (before is [.., '(' or '*' or '/' or '×' or '^' or '{' or '+' or '-' or '÷' or '·'])
                continue;
            if (text[i - 1] != ' ' || text[i + 1] != ' ')
                return false;
            operators += text[i] == '+' ? 2 : 1;
        }
        return operators >= 2 || text.IndexOfAny("(*/×·÷") >= 0;
    }

    private double Sum()
    {
        var value = Product();
        while (true)
        {
            SkipSpaces();
            if (Accept('+'))
                value += Product();
            else if (Accept('-'))
                value -= Product();
            else
                return value;
        }
    }

    private double Product()
    {
        var value = Signed();
        while (true)
        {
            SkipSpaces();
            if (Accept('*') || Accept('×') || Accept('·'))
                value *= Signed();
            else if (Accept('/') || Accept('÷'))
                value /= Signed();
            else if (Peek() is '√' or 'π' or '(')
                value *= Power();
            else
                return value;
        }
    }

    private double Signed()
    {
        SkipSpaces();
        if (Accept('-'))
            return -Power();
        Accept('+');
        return Power();
    }

    private double Power()
    {
        var value = Atom();
        SkipSpaces();
        return Accept('^') ? Math.Pow(value, Atom()) : value;
    }

    private double Atom()
    {
        SkipSpaces();
        if (Accept('π'))
            return Math.PI;
        if (Accept('√'))
            return Math.Sqrt(Atom());
        if (Peek() is '(' or '{')
            return Bracketed();
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
            position++;
        return double.TryParse(text[start..position], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
    }

    private double Bracketed()
    {
        var close = Peek() == '(' ? ')' : '}';
        position++;
        if (++depth > MaxDepth)
            return double.NaN;
        var value = Sum();
        depth--;
        SkipSpaces();
        return Accept(close) ? value : double.NaN;
    }

    private readonly char Peek() => position < text.Length ? text[position] : '\0';

    private bool Accept(char c)
    {
        if (Peek() != c)
            return false;
        position++;
        return true;
    }

    private void SkipSpaces()
    {
        while (Peek() == ' ')
            position++;
    }
}
