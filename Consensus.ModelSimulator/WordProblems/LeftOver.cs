using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>
/// What a story says beside its numbers that changes the answer: <c>half</c>, <c>each</c>, <c>a week</c>. A shape that does not know such a word has not understood the story,
/// however well its numbers fit; then nobody answers, because models that answer such a story wrongly would all agree.
/// </summary>
internal static partial class LeftOver
{
    /// <summary>Whether the story has a telling word that is none of the understood ones.</summary>
    public static bool In(Story story, string understood)
    {
        var known = understood.Split(' ');
        return Word().Matches(story.Text).Any(word => !known.Contains(word.Value)) || Sign().IsMatch(story.Text) || Unread(story);
    }

    /// <summary>How many numbers and telling words a text has, in whatever way they are written.</summary>
    public static int CountIn(string text)
    {
        var small = Story.Normalise(text);
        return Number().Count(small) + Part().Count(small);
    }

    // A sentence without a number beside the question tells something that no calculation with the numbers heeds.
    private static bool Unread(Story story) =>
        story.Sentences[^1] != story.Question || story.Sentences.Any(sentence => sentence != story.Question && !sentence.AsSpan().ContainsAnyInRange('0', '9'));

    [GeneratedRegex(@"\b(?:half|halves|halved|halfway|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|triple[sd]?|tripling|quadruple[sd]?|doubl[a-z]+|times|[a-z]*fold|dozens?|couple|several|some|few|pairs?|twins?|triplets?|percent|percentage|each|every|per|apiece|average|mean|total|more|fewer|less|least|most|than|as|equal|equals|equally|evenly|same|rest|others?|another|extra|remaining|both|either|neither|days?|daily|nights?|weeks?|weekly|weekends?|weekdays?|months?|monthly|years?|yearly|annual|annually|hours?|hourly|minutes?|seconds?|decades?|nickels?|dimes?|penny|pennies|cents?|coins|ratio|except|profit|loss|discount|discounted|interest|tax|taxes|tip|fee|refund|fine|back|again|round|until|before|after|already|originally|initially|instead|square|cubed?|diameter|radius|area|perimeter|long|wide|length|width|tall|height|am|pm|noon|midnight|o'clock|consecutive|if|when|would|while|only|without|not|old|age)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // Fractions, times of day, ranges, ordinals, and numbers too long to be read as one.
    [GeneratedRegex(@"\d\s?[/:–—-]\s?\d|\d(?:st|nd|rd|th)\b|\d{19}|[½⅓⅔¼¾⅛]", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();

    [GeneratedRegex(@"\d+(?:\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:half|halves|thirds?|quarters?|fourths?|fifths?|tenths?|triple[sd]?|quadruple[sd]?|doubled|dozens?|couple|pairs?|same amount|except)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
