using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.Questions;

/// <summary>Yes-or-no questions about numbers (<c>Is 17 prime?</c>, <c>True or false: 2 + 2 = 5</c>) and which of some numbers is the largest.</summary>
internal static partial class Comparison
{
    private const int Longest = 300;

    public static Problem? Solve(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var question = Numerals.Plain(NumberWords.ToDigits(text.ToLowerInvariant())).Replace("**", "^", StringComparison.Ordinal).Trim();
        return Extreme(question) ?? (YesNo.Strip(question) is { } statement ? Judge(statement, YesNo.WantsTrueFalse(question)) : null);
    }

    private static Problem? Judge(string statement, bool asTruth)
    {
        if (Kind().Match(statement) is { Success: true } kind && Expression.TryEvaluate(kind.Groups["number"].ValueSpan, out var number, out _))
        {
            var operand = kind.Groups["operand"].Success ? Rational.Parse(kind.Groups["operand"].ValueSpan) : (Rational)0;
            var truth = IsKind(kind.Groups["kind"].Value, number, operand);
            return truth is null ? null : YesNo.Problem(Categories.Comparison, "I checked the number's divisors", truth.Value != kind.Groups["not"].Success, asTruth);
        }

        if (Relation().Match(statement) is not { Success: true } relation
            || !Expression.TryEvaluate(ArithmeticWords.ToExpression(relation.Groups["left"].Value), out var left, out _)
            || !Expression.TryEvaluate(ArithmeticWords.ToExpression(relation.Groups["right"].Value), out var right, out _))
        {
            return null;
        }

        var holds = Holds(relation.Groups["sign"].Value, left.CompareTo(right));
        return YesNo.Problem(Categories.Comparison, $"I compared {left} with {right}", holds != relation.Groups["not"].Success, asTruth);
    }

    private static bool? IsKind(string kind, Rational number, Rational operand) => kind.Split(' ')[0] switch
    {
        "prime" => Divisibility.CanTell(number) ? Divisibility.IsPrime(number) : null,
        "composite" => Divisibility.CanTell(number) ? number.Numerator > 1 && !Divisibility.IsPrime(number) : null,
        "even" => Divisibility.Divides(2, number),
        "odd" => number.IsInteger && !Divisibility.Divides(2, number),
        "perfect" or "square" => Divisibility.IsSquare(number),
        "positive" => number.Sign > 0,
        "negative" => number.Sign < 0,
        "divisible" or "multiple" => Divisibility.Divides(operand, number),
        "factor" or "divisor" => Divisibility.Divides(number, operand),
        _ => null,
    };

    private static bool Holds(string sign, int order) => sign.Trim() switch
    {
        ">=" or "≥" or "at least" or "greater than or equal to" => order >= 0,
        "<=" or "≤" or "at most" or "less than or equal to" => order <= 0,
        "!=" or "≠" or "different from" => order != 0,
        ">" or "greater than" or "larger than" or "more than" or "bigger than" or "higher than" => order > 0,
        "<" or "less than" or "smaller than" or "fewer than" or "lower than" => order < 0,
        _ => order == 0,
    };

    private static Problem? Extreme(string question)
    {
        if (ExtremeAsked().Match(question) is not { Success: true } match)
        {
            return null;
        }

        var parts = Separator().Split(match.Groups["list"].Value.Trim(' ', '?', '.', ':')).Where(p => p.Length > 0).ToList();
        var values = new List<Rational>();
        foreach (var part in parts)
        {
            if (!Expression.TryEvaluate(part, out var value, out _))
            {
                return null;
            }

            values.Add(value);
        }

        if (values.Distinct().Count() < 2)
        {
            return null;
        }

        var largest = match.Groups["word"].Value is "larger" or "largest" or "greater" or "greatest" or "bigger" or "biggest" or "higher" or "highest" or "more";
        var right = largest ? values.Max() : values.Min();
        return new()
        {
            Category = Categories.Comparison,
            Working = $"I compared {string.Join(", ", values)}",
            Right = Answer.Of(right),
            Wrong = [.. values.Distinct().Where(v => v != right).Select(v => Answer.Of(v))],
        };
    }

    [GeneratedRegex(@"^(?:the number )?(?<number>[-\d.+*/^() ]+?) (?:is |are )?(?<not>not )?(?:an? )?(?<kind>prime|composite|even|odd|perfect square|square number|positive|negative|divisible by|multiple of|factor of|divisor of)(?: number| integer)?(?: (?<operand>\d{1,18}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^(?<left>.+?)\s*(?:\b(?:is|are|does)\s+)?(?<not>\bnot\s+)?(?<sign>>=|<=|!=|==|≥|≤|≠|=|>|<|\bgreater than or equal to\b|\bless than or equal to\b|\b(?:greater|larger|more|bigger|higher|less|smaller|fewer|lower) than\b|\bat least\b|\bat most\b|\bdifferent from\b|\bequals?(?: to)?\b|\bthe same as\b)\s*(?<right>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Relation();

    [GeneratedRegex(@"^(?:which|what)\b(?: number| one| value)?(?: is)?(?: the)? ?(?<word>larger|largest|greater|greatest|bigger|biggest|higher|highest|more|smaller|smallest|less|least|lower|lowest)(?: number| one| value)?(?: of| between| among| out of)?(?: these| the following)?(?: numbers| two)?\s*[:,?]?\s*(?<list>[-\d.].*)$", RegexOptions.CultureInvariant)]
    private static partial Regex ExtremeAsked();

    [GeneratedRegex(@"\s*(?:,\s*(?:or|and)\b|,|\bor\b|\band\b)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
