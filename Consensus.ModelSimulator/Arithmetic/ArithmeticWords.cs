using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Arithmetic;

/// <summary>Turns a calculation in words, typographic signs or LaTeX into an expression for <see cref="Expression"/>.</summary>
internal static partial class ArithmeticWords
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    // Applied in order: the longer wording first.
    private static readonly (Regex Pattern, string Sign)[] Rules =
    [
        (new(@"\\left|\\right|\\,|\\!|\\\(|\\\)|\\\[|\\\]|\$|`|\*\*(?=\D|$)(?=[^(\d])", Options), ""),
        (new(@"\\times|\\cdot|[×✕·∙⋅]", Options), "*"),
        (new(@"\\div|[÷]", Options), "/"),
        (new(@"[−–—]", Options), "-"),
        (new(@"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", Options), "(($1)/($2))"),
        (new(@"\\sqrt\{([^{}]*)\}", Options), "sqrt($1)"),
        (new("²", Options), "^2"),
        (new("³", Options), "^3"),
        (new("√", Options), "sqrt "),
        (new(@"\*\*", Options), "^"),
        (new(@"(?<=[\d)])\s*x\s*(?=[\d(])", Options), "*"),
        (new(@"\bsubtract (.+?) from (.+)", Options), "($2)-($1)"),
        (new(@"\b(\S+) subtracted from (\S+)", Options), "($2)-($1)"),
        (new(@"\badd (.+?) (?:and|to) (.+)", Options), "($1)+($2)"),
        (new(@"\bmultiply (.+?) (?:by|and|with) (.+)", Options), "($1)*($2)"),
        (new(@"\bdivide (.+?) by (.+)", Options), "($1)/($2)"),
        (new(@"\bremainder (?:of|when|if)(?: dividing)? (.+?) (?:is )?(?:divided )?by (.+)", Options), "($1) mod ($2)"),
        (new(@"\b(?:the )?sum of (.+)", Options), "+: $1"),
        (new(@"\b(?:the )?product of (.+)", Options), "*: $1"),
        (new(@"\b(?:the )?difference (?:between|of) (.+)", Options), "-: $1"),
        (new(@"\b(?:the )?quotient of (.+)", Options), "/: $1"),
        (new(@"\b(?:the )?square root of|\bsqrt of", Options), "sqrt "),
        (new(@"\b(?:the )?square of (\S+)", Options), "($1)^2"),
        (new(@"\b(?:the )?cube of (\S+)", Options), "($1)^3"),
        (new(@"\b(?:the )?factorial of (\S+)", Options), "($1)!"),
        (new(@"\s+factorial\b", Options), "!"),
        (new(@"\b(?:raised )?to the power (?:of )?|\braised to\b", Options), "^"),
        (new(@"\bmultiplied (?:by|with)\b|\btimes\b", Options), "*"),
        (new(@"\bdivided by\b|\bover\b", Options), "/"),
        (new(@"\bplus\b|\badded to\b", Options), "+"),
        (new(@"\bminus\b", Options), "-"),
        (new(@"\bsquared\b", Options), "^2"),
        (new(@"\bcubed\b", Options), "^3"),
        (new(@"\bmodulo\b", Options), " mod "),
        (new(@"\s*\b(?:percent|per cent)\b", Options), "%"),
        (new(@"\b(?:a |1 )?half of\b", Options), "(1/2)*"),
        (new(@"\b(?:a |1 )?third of\b", Options), "(1/3)*"),
        (new(@"\b(?:a |1 )?quarter of\b", Options), "(1/4)*"),
        (new(@"\b(?:double|twice)\b", Options), "2*"),
        (new(@"\btriple\b", Options), "3*"),
        (new(@"(?<=[\d%)])\s+of\s+(?=[\d(])", Options), "*"),
    ];

    /// <summary>The text as an expression, if it is one calculation; else something that does not parse.</summary>
    public static string ToExpression(string text)
    {
        var expression = Numerals.Plain(NumberWords.ToDigits(text.ToLowerInvariant().TrimEnd(' ', '.', '?', '=', ':')));
        if (!expression.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return expression;
        }

        if (Bare(expression) is var bare && Expression.TryEvaluate(bare, out _, out _))
        {
            return bare;
        }

        foreach (var (pattern, sign) in Rules)
        {
            expression = pattern.Replace(expression, sign);
        }

        return List(Bare(expression));
    }

    // "+: 3, 4 and 5" is 3+4+5. The difference between two numbers is what the larger has more.
    private static string List(string expression)
    {
        if (expression.Length <= 2 || expression[1] != ':')
        {
            return expression;
        }

        var parts = Separator().Split(expression[2..].Trim());
        if (expression[0] == '-' && parts.Length == 2 && Expression.TryEvaluate(parts[0], out var one, out _) && Expression.TryEvaluate(parts[1], out var other, out _) && one < other)
        {
            Array.Reverse(parts);
        }

        return $"({string.Join($"){expression[0]}(", parts)})";
    }

    private static string Bare(string text)
    {
        var bare = text;
        for (var before = ""; before != bare;)
        {
            before = bare;
            bare = Tail().Replace(Lead().Replace(bare.Trim(), ""), "").Trim();
        }

        return bare;
    }

    [GeneratedRegex(@"^(?:what(?:'s|’s| is| are|s)?|whats|calculate|compute|evaluate|work out|find|determine|solve|simplify|how much(?: is| are)?|can you|could you|please|kindly|tell me|do you know|hello|hi|hey|the (?:value|result|answer|solution)(?: of| to)?|value of|the|does|do|is|are|when|if|:|,|=)(?=[\s\d(+*/:,=-]|$)[\s:,]*", Options)]
    private static partial Regex Lead();

    [GeneratedRegex(@"[\s,]*(?:\?|=|\.$|:$|\bequals?|\bequal to|\bis equal to|\bmakes?|\bgives?|\bplease|\bis|\bexactly|\bas a (?:decimal|number)|\bin total|\bthanks?)$", Options)]
    private static partial Regex Tail();

    [GeneratedRegex(@"\s*(?:,\s*and\s|,|\band\b)\s*", Options)]
    private static partial Regex Separator();
}
