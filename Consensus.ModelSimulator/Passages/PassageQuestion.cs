using System.Globalization;
using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Judging;
using Consensus.ModelSimulator.Knowledge;

namespace Consensus.ModelSimulator.Passages;

/// <summary>
/// A question that is to be answered from passages. They stand in the instructions, fenced and numbered; the right answer is the sentence that has most of the question's
/// words, with its passage cited. Mistakes are those of real models: a number that is changed, another sentence, a citation that does not fit.
/// </summary>
internal static partial class PassageQuestion
{
    /// <summary>What is said when no passage has anything of the question.</summary>
    public const string NotSaid = "The passages do not say.";

    private const string Name = "passage ";

    /// <summary>Fewer of the question's telling words than this share make a sentence no answer.</summary>
    private const double EnoughWords = 1.0 / 3;

    private const int MostWrong = 4;

    /// <summary>The problem that a question poses; <c>null</c> when the instructions have no passages.</summary>
    /// <param name="instructions">The system's message as it was sent.</param>
    /// <param name="question">The question.</param>
    public static Problem? Pose(string instructions, string question)
    {
        if (FencedTexts.Read(instructions) is not { } fences)
        {
            return null;
        }

        var sentences = fences.Texts.Where(static text => text.Name.StartsWith(Name, StringComparison.Ordinal)).SelectMany(static text => Cited(text)).ToList();
        if (sentences.Count == 0)
        {
            return null;
        }

        var asked = WordBag.Key(quiet: true, question).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var ranked = sentences.Select(sentence => (Sentence: sentence, Shared: Shared(asked, sentence.Text)))
            .OrderByDescending(static found => found.Shared).ThenBy(static found => found.Sentence.Order).ToList();
        var isAnswered = ranked[0].Shared > 0 && ranked[0].Shared >= EnoughWords * asked.Count;
        return new Problem
        {
            Category = Categories.Reading,
            Working = "I read the passages",
            Right = new Answer(isAnswered ? ranked[0].Sentence.Written : NotSaid),
            Wrong = [.. Wrong(ranked.ConvertAll(static found => found.Sentence), isAnswered).Distinct(StringComparer.Ordinal).Take(MostWrong).Select(static text => new Answer(text))],
        };
    }

    private static IEnumerable<string> Wrong(List<CitedSentence> ranked, bool isAnswered)
    {
        if (isAnswered)
        {
            if (Number().Match(ranked[0].Text) is { Success: true } number && long.TryParse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                yield return (ranked[0] with { Text = ranked[0].Text[..number.Index] + (value + 1).ToString(CultureInfo.InvariantCulture) + ranked[0].Text[(number.Index + number.Length)..] }).Written;
            }

            foreach (var other in ranked.Skip(1).Take(2))
            {
                yield return other.Written;
            }

            yield return NotSaid;
        }
        else
        {
            yield return ranked[0].Written;
            yield return "It is not known to me.";
        }
    }

    private static int Shared(HashSet<string> asked, string sentence) => WordBag.Key(quiet: true, sentence).Split(' ').Count(asked.Contains);

    private static IEnumerable<CitedSentence> Cited(FencedText passage)
    {
        var order = 0;
        foreach (Match match in Sentence().Matches(passage.Text))
        {
            yield return new CitedSentence(match.Value.Trim(), passage.Name[Name.Length..], order++);
        }
    }

    [GeneratedRegex(@"[^\s.!?。！？](?:[^\n.!?。！？]|[.!?](?=\S))*[.!?。！？]?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b[0-9]{1,9}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    /// <summary>A sentence and the number of its passage.</summary>
    private sealed record CitedSentence(string Text, string Passage, int Order)
    {
        public string Written => Text.Length > 0 && Text[^1] is '.' or '!' or '?' or '。' ? $"{Text[..^1]} [{Passage}]{Text[^1]}" : $"{Text} [{Passage}].";
    }
}
