using System.Buffers;
using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;
using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>A number in a story.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Noun">The word after it in the singular: <c>apple</c> in <c>5 red apples</c> is found under <see cref="Nouns"/> too.</param>
/// <param name="Nouns">The few words after it, in the singular.</param>
/// <param name="Index">Where it starts in the text.</param>
internal sealed record Quantity(Rational Value, string Noun, IReadOnlyList<string> Nouns, int Index)
{
    public bool IsMoney => Noun is "dollar" or "cent";

    public bool IsPercent => Noun == "percent";
}

/// <summary>A word problem: its text in small letters with digits for number words, its numbers, and what is asked.</summary>
internal sealed partial class Story
{
    public const int Longest = 700;

    private const int NounWords = 3;

    // Words that stand between a number and what it counts, and words with which that ends.
    private static readonly HashSet<string> Filler = new(StringComparer.Ordinal) { "more", "other", "new", "additional", "extra", "different" };
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "in", "on", "at", "of", "for", "to", "with", "and", "or", "from", "by", "per", "a", "an", "the", "each", "every", "that", "which", "who", "than", "among", "between", "into", "apiece",
        "get", "gets", "got", "is", "are", "was", "were", "has", "have", "had", "fly", "leave", "left", "does", "do", "did", "cost", "costs", "weigh", "weighs", "as", "times", "if", "then",
    };

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,;?!0123456789");

    public Story(string text)
    {
        Text = Normalise(text);
        Quantities = [.. Number().Matches(Text).Select(m => QuantityAt(m))];
        Sentences = QuestionText.Sentences(Text);
        Question = Sentences.LastOrDefault(s => Asks().IsMatch(s)) ?? "";
        var asked = AskedNoun().Match(Question);
        Asked = asked.Success ? [.. asked.Groups["nouns"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Singular)] : [];
        AsksMoney = MoneyAsked().IsMatch(Question) || Asked.Contains("dollar") || Asked.Contains("money");
    }

    public string Text { get; }

    public IReadOnlyList<Quantity> Quantities { get; }

    public IReadOnlyList<string> Sentences { get; }

    /// <summary>The sentence that asks.</summary>
    public string Question { get; }

    /// <summary>The words after <c>how many</c>, in the singular.</summary>
    public IReadOnlyList<string> Asked { get; }

    public bool AsksMoney { get; }

    public Rational this[int index] => Quantities[index].Value;

    public int Count => Quantities.Count;

    /// <summary>Whether the pattern is found in the whole text.</summary>
    public bool Has(Regex pattern) => pattern.IsMatch(Text);

    /// <summary>Whether the question names what is counted, and not only what became of it, as <c>How many are left?</c> does.</summary>
    public bool NamesAsked => Asked.Count > 0 && !Helper().IsMatch(Asked[0]);

    /// <summary>Whether one of the quantities counts these things.</summary>
    public bool Counts(string noun) => Quantities.Any(q => q.Nouns.Contains(Singular(noun)));

    /// <summary>Whether no more than one unit of time is named, so that nothing is to be converted.</summary>
    public bool HasOneTimeUnit => TimeUnit().Matches(Text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Count() <= 1;

    /// <summary>Whether the question asks for what this number counts.</summary>
    public bool AsksFor(Quantity quantity) => AsksMoney ? quantity.IsMoney : Asked.Count > 0 && quantity.Nouns.Contains(Asked[0]);

    /// <summary>The word without the ending of its plural.</summary>
    public static string Singular(string word) => word switch
    {
        "children" => "child",
        "people" => "person",
        "men" => "man",
        "women" => "woman",
        "feet" => "foot",
        "mice" => "mouse",
        _ when word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 => word[..^3] + "y",
        _ when EsPlural().IsMatch(word) => word[..^2],
        _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && word.Length > 2 => word[..^1],
        _ => word,
    };

    /// <summary>The text in small letters, with digits for number words and words for signs.</summary>
    public static string Normalise(string text)
    {
        var small = PronounOne().Replace(text.ToLowerInvariant().Replace('’', '\''), "$1");
        small = NumberWords.ToDigits(Title().Replace(small, "$1"));
        small = BarePoint().Replace(Numerals.Plain(small), "0.");
        small = Dollars().Replace(small, "$1 dollars");
        small = PercentSign().Replace(small, " percent");
        small = MilesPerHour().Replace(small, "miles per hour");
        small = KilometersPerHour().Replace(small, "km per hour");
        small = HalfDozen().Replace(small, "6 ");
        small = SomeDozen().Replace(small, m => (Rational.Parse(m.Groups[1].ValueSpan) * 12).ToString() + " ");
        small = Dozen().Replace(small, "12 ");
        small = Times().Replace(small, m => m.Value is "thrice" ? "3 times" : "2 times");
        return Space().Replace(small, " ").Trim();
    }

    private Quantity QuantityAt(Match number)
    {
        var after = Words().Matches(Text, number.Index + number.Length).Take(NounWords + 1).TakeWhile(w => w.Index < Break(number.Index + number.Length)).Select(w => w.Value).Where(w => !Filler.Contains(w)).TakeWhile(w => !Ends.Contains(w)).Select(Singular).ToList();
        return new(Rational.Parse(number.ValueSpan), after.FirstOrDefault() ?? "", after, number.Index);
    }

    private int Break(int from)
    {
        var end = Text.AsSpan(from).IndexOfAny(ClauseEnds);
        return end < 0 ? Text.Length : from + end;
    }

    [GeneratedRegex(@"\d{1,18}(?:\.\d{1,18})?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:how|what|find|calculate|determine|which|solve|convert|express)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\bhow many (?:more |fewer |total |full |whole |such |of the |of |other )*(?<nouns>[a-z]+(?: [a-z]+){0,2})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AskedNoun();

    [GeneratedRegex(@"\bhow much (?:money|change|does|did|do|will|would|is|are|has|have|was|in|more|total|it)\b|\bwhat (?:is|was|will be|'s) (?:the|her|his|their|its) (?:total |final |new |sale |full )?(?:cost|price|bill|change|amount)\b|\btotal cost\b|\bhow many dollars\b", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyAsked();

    [GeneratedRegex(@"(?:[sxz]|ch|sh)es$", RegexOptions.CultureInvariant)]
    private static partial Regex EsPlural();

    [GeneratedRegex(@"\b(each|which|every|no|another|that|this) one\b|\bone (?=(?:of|word|letter)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex PronounOne();

    [GeneratedRegex(@"^(?:are|is|wa|was|were|do|doe|did|does|will|can|could|remain|stay|in)$", RegexOptions.CultureInvariant)]
    private static partial Regex Helper();

    [GeneratedRegex(@"\b(second|minute|hour|day|week|month|year)s?\b", RegexOptions.CultureInvariant)]
    private static partial Regex TimeUnit();

    [GeneratedRegex(@"\b(mr|mrs|ms|dr|prof|st)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"(?<![\d.])\.(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex BarePoint();

    [GeneratedRegex(@"\$\s*(\d[\d.]*\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Dollars();

    [GeneratedRegex(@"\s*(?:%|\bper cent\b)", RegexOptions.CultureInvariant)]
    private static partial Regex PercentSign();

    [GeneratedRegex(@"\bmph\b", RegexOptions.CultureInvariant)]
    private static partial Regex MilesPerHour();

    [GeneratedRegex(@"\b(?:km/h|kph|kmh|kilomet(?:er|re)s per hour)\b", RegexOptions.CultureInvariant)]
    private static partial Regex KilometersPerHour();

    [GeneratedRegex(@"\bhalf a dozen\s", RegexOptions.CultureInvariant)]
    private static partial Regex HalfDozen();

    [GeneratedRegex(@"\b(\d{1,9}) dozens?\s(?:of )?", RegexOptions.CultureInvariant)]
    private static partial Regex SomeDozen();

    [GeneratedRegex(@"\ba dozen\s(?:of )?", RegexOptions.CultureInvariant)]
    private static partial Regex Dozen();

    [GeneratedRegex(@"\b(?:twice|thrice|double)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
