using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Arithmetic;

namespace Consensus.ModelSimulator.WordProblems;

/// <summary>Somebody has some, gets some, gives some away: how many are left? Or several have some: how many are there altogether?</summary>
internal static partial class Changes
{
    private const string Losing = "give|gives|gave|given|giving|eat|eats|ate|eaten|lose|loses|lost|sell|sells|sold|use|uses|used|spend|spends|spent|break|breaks|broke|broken|throw|throws|threw|drop|drops|dropped|donate|donates|donated|fly|flies|flew|leave|leaves|pay|pays|paid|remove|removes|removed|drink|drinks|drank|burn|burns|burned|die|dies|died|mail|mails|mailed|pop|pops|popped|return|returns|returned|cut|cuts|get off|gets off|got off|are gone|walk away|drive away|swim away|run away";

    private const string Gaining = "get|gets|got|buy|buys|bought|find|finds|found|receive|receives|received|pick|picks|picked|collect|collects|collected|earn|earns|earned|add|adds|added|win|wins|won|join|joins|joined|arrive|arrives|arrived|come|comes|came|make|makes|made|bake|bakes|baked|gather|gathers|gathered|plant|plants|planted|catch|catches|caught|save|saves|saved|get on|gets on|got on|more|grow|grows|grew|score|scores|scored|read|reads|write|writes|wrote|draws|drew|has|have|had|is|are|were|was|there|starts|started|begins|began|borrow|borrows|borrowed|lay|lays|laid";

    public static Solution? Solve(Story story)
    {
        if (story.Count is < 2 or > 6 || !CountsOneKind(story) || story.Has(EqualGroups()) || !AsksResult().IsMatch(story.Question) || story.Quantities.Any(q => q.Index >= QuestionStart(story) || q.IsPercent))
        {
            return null;
        }

        var owner = Owner().Match(story.Text).Groups["name"].Value;
        var sum = story[0];
        var steps = story[0].ToString();
        var losing = false;
        for (var i = 1; i < story.Count; i++)
        {
            var (from, to) = (End(story.Quantities[i - 1]), story.Quantities[i].Index);
            if (Direction(story.Text[from..to], story.Text[to..Math.Min(story.Text.Length, to + 30)], owner, losing) is not { } loses)
            {
                return null;
            }

            // "6 of them come out": those were counted before.
            if (!loses && PartOfThem().IsMatch(story.Text[to..]))
            {
                return null;
            }

            losing = loses;
            sum = loses ? sum - story[i] : sum + story[i];
            steps += $" {(loses ? '-' : '+')} {story[i]}";
            if (sum.Sign < 0)
            {
                return null;
            }
        }

        var onlyAdded = !steps.Contains('-', StringComparison.Ordinal);
        return onlyAdded && !AsksSum().IsMatch(story.Question) ? null : new(sum, steps, story.AsksMoney || (story.Quantities.All(q => q.IsMoney)));
    }

    // What is asked for is what every number counts, or the question names nothing and all count the same.
    private static bool CountsOneKind(Story story)
    {
        if (story.AsksMoney || story.Quantities.All(q => q.IsMoney))
        {
            return story.Quantities.All(q => q.IsMoney);
        }

        var counting = story.Quantities.Where(q => q.Nouns.Count > 0 && !OfThem().IsMatch(story.Text[q.Index..])).ToList();
        return !HowManyMore().IsMatch(story.Question) && counting.Count > 0 && counting.TrueForAll(q => story.NamesAsked ? q.Nouns.Contains(story.Asked[0]) : q.Noun == counting[0].Noun);
    }

    private static int QuestionStart(Story story) => Math.Max(story.Text.LastIndexOf("how many", StringComparison.Ordinal), story.Text.LastIndexOf("how much", StringComparison.Ordinal)) is var start and >= 0 ? start : story.Text.Length;

    private static int End(Quantity quantity) => quantity.Index + quantity.Value.ToString().Length;

    // Whether the number in the text after "between" is taken away; null when that cannot be told.
    private static bool? Direction(string between, string after, string owner, bool before)
    {
        if (AwayAfter().IsMatch(after))
        {
            return true;
        }

        if (HereAfter().IsMatch(after))
        {
            return false;
        }

        // "5 are broken", "3 of which have spots": something is said of some, and what that does to the number is not known.
        if (SaidAfter().IsMatch(after))
        {
            return null;
        }

        var verb = Verb().Matches(between).LastOrDefault()?.Value;
        if (verb is null)
        {
            // "buys 3 apples and 4 pears" goes on as it began.
            return Conjunction().IsMatch(between) ? before : null;
        }

        if (Given().IsMatch(between))
        {
            // "Tom gives her 3" gains, "she gives him 3" loses.
            var giver = Subject().Match(between).Groups["name"].Value;
            return giver.Length == 0 || giver == owner || giver is "he" or "she" or "they" or "i";
        }

        return LosingVerb().IsMatch(verb);
    }

    [GeneratedRegex($@"\b(?:{Losing}|{Gaining})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Verb();

    [GeneratedRegex($@"^(?:{Losing})$", RegexOptions.CultureInvariant)]
    private static partial Regex LosingVerb();

    [GeneratedRegex(@"\b(?:give|gives|gave) (?:him|her|them|me|us|it)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Given();

    [GeneratedRegex(@"(?:[.,;]|^|\bthen|\band)\s*(?:(?:then|and|later|his|her|their|the|my)\s+)*(?<name>[a-z]+)\s+(?:then |also |later )?(?:give|gives|gave)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^(?:if )?(?<name>[a-z]+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Owner();

    [GeneratedRegex(@"^[\d.]+ (?:[a-z]+ ){0,4}(?:fly away|flew away|leave|left|are (?:eaten|sold|lost|broken|taken|removed|given|gone|used)|were (?:eaten|sold|lost|broken|taken|removed|given|used)|get off|got off|go home|went home|die|died|break|broke|swim away|run away|ran away|drive away|drove away|walk away|pop|popped|hop away|hopped away|roll away|melt|melted)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AwayAfter();

    [GeneratedRegex(@"^[\d.]+ (?:[a-z]+ ){0,4}(?:get on|got on|board|boarded|join|joined|arrive|arrived|come|came|land|landed)\b", RegexOptions.CultureInvariant)]
    private static partial Regex HereAfter();

    [GeneratedRegex(@"^[\d.]+ (?:[a-z]+ ){0,3}?(?:is|are|was|were|has|have|had|did|do|which|who|that|of which)\b", RegexOptions.CultureInvariant)]
    private static partial Regex SaidAfter();

    [GeneratedRegex(@"^[\d.]+ (?:more )?(?:of|to|away|on|at|in)\b", RegexOptions.CultureInvariant)]
    private static partial Regex OfThem();

    [GeneratedRegex(@"^[\d.]+ of (?:them|these|those|the)\b", RegexOptions.CultureInvariant)]
    private static partial Regex PartOfThem();

    [GeneratedRegex(@"\bhow (?:many|much) (?:more|fewer|less)\b", RegexOptions.CultureInvariant)]
    private static partial Regex HowManyMore();

    [GeneratedRegex(@"(?:,|\band\b)\s*(?:[a-z]+\s+){0,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Conjunction();

    [GeneratedRegex(@"\b(?:left|remain|remains|remaining|now|still|in total|altogether|all together|in all|total|together|combined|has|have|had|are there|there|both|over)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksResult();

    [GeneratedRegex(@"\b(?:now|in total|altogether|all together|in all|total|together|combined|both|are there|there|does [a-z]+ have|do [a-z]+ have|has|have)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksSum();

    [GeneratedRegex(@"\b(?:each|every|per|apiece|equally|evenly|times|older|younger|more than|fewer than|less than|half|third|quarter)\b", RegexOptions.CultureInvariant)]
    private static partial Regex EqualGroups();
}
