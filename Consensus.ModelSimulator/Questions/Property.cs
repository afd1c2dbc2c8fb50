using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.Questions;

/// <summary>A property of numbers that one of the options has: <c>Which of these is prime?</c></summary>
internal sealed partial record Property(string Name, Rational Operand)
{
    public static Property? Parse(string stem)
    {
        var match = Asked().Match(NumberWords.ToDigits(stem.ToLowerInvariant()));
        if (!match.Success)
        {
            return null;
        }

        return new(match.Groups["name"].Value.Split(' ')[0], match.Groups["operand"].Success ? Rational.Parse(match.Groups["operand"].ValueSpan) : 0);
    }

    /// <summary>The one option with the property; <c>null</c> when none or several have it, or one is not a number.</summary>
    public int? Pick(IReadOnlyList<string> options)
    {
        var values = options.Select(ChoiceQuestion.NumberIn).ToList();
        if (values.Exists(v => v is null))
        {
            return null;
        }

        var numbers = values.ConvertAll(v => v!.Value);
        var fitting = Enumerable.Range(0, numbers.Count).Where(i => Fits(numbers[i], numbers)).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private bool Fits(Rational number, List<Rational> all) => Name switch
    {
        "prime" => Divisibility.IsPrime(number),
        "even" => Divisibility.Divides(2, number),
        "odd" => number.IsInteger && !Divisibility.Divides(2, number),
        "divisible" or "multiple" => Divisibility.Divides(Operand, number),
        "factor" or "divisor" => Divisibility.Divides(number, Operand),
        "perfect" => Divisibility.IsSquare(number),
        "smallest" or "least" or "lowest" => number == all.Min(),
        _ => number == all.Max(),
    };

    [GeneratedRegex(@"^(?:which|what)\b[^?]{0,60}\b(?:is|are)\s+(?:an?\s+|the\s+)?(?<name>prime|even|odd|perfect square|divisible by|multiple of|factor of|divisor of|largest|greatest|biggest|highest|smallest|least|lowest)\b(?:\s+(?<operand>\d{1,18}))?(?:\s+(?:number|integer|value|one|of\b)[^?]{0,30})?\s*[?:.]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Asked();
}
