using System.Text.RegularExpressions;
using Consensus.ModelSimulator.WordProblems;

namespace Consensus.ModelSimulator.Questions;

/// <summary>A way to read a message.</summary>
/// <param name="Text">What is taken to be asked.</param>
/// <param name="IsWhole">Whether it leaves out nothing but instructions on how to answer; a story is only understood whole.</param>
internal sealed record Reading(string Text, bool IsWhole);

/// <summary>Finds the question in a message: without labels, without instructions on how to answer.</summary>
internal static partial class QuestionText
{
    /// <summary>Longer texts are not understood, whatever they say.</summary>
    private const int Longest = 1200;

    /// <summary>So much of a long message is looked at.</summary>
    private const int LongestMessage = 8000;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>
    /// The readings of a message, the most literal first. None leaves out a number or a part such as <c>half</c>, because what is left out would have changed the answer.
    /// </summary>
    public static IReadOnlyList<Reading> Readings(string message)
    {
        var text = Labels().Replace(message.Length > LongestMessage ? message[^LongestMessage..] : message, "").Trim();
        var sentences = Sentences(text);
        var asking = sentences.Where(s => !IsInstruction(s)).ToList();
        var numbers = asking.Sum(LeftOver.CountIn);
        var question = sentences.LastOrDefault(s => s.EndsWith('?'));
        Reading?[] readings =
        [
            new(text, IsWhole: true),
            asking.Count > 0 ? new(string.Join(' ', asking), IsWhole: true) : null,
            question is null ? null : new(question, IsWhole: asking.Count == 1),
            question is null ? null : new(Preface().Replace(question, ""), IsWhole: false),
            asking.Count > 0 ? new(asking[^1], IsWhole: asking.Count == 1) : null,
        ];
        return [.. readings.OfType<Reading>().Where(r => r.Text.Length is > 0 and <= Longest && LeftOver.CountIn(r.Text) >= numbers).DistinctBy(r => r.Text, StringComparer.Ordinal)];
    }

    // An instruction may name a number when it is about the answer's form; else its number is one to calculate with.
    private static bool IsInstruction(string sentence) => Instruction().IsMatch(sentence) && (LeftOver.CountIn(sentence) == 0 || AboutForm().IsMatch(sentence));

    /// <summary>The sentences and lines of a text; a point inside a number ends none.</summary>
    public static List<string> Sentences(string text) =>
        [.. SentenceEnd().Split(text).Select(s => s.Trim()).Where(s => s.Length > 0)];

    [GeneratedRegex(@"^\s*(?:question|problem|task|user|prompt|q|exercise)\s*\d*\s*[:.)]\s*|\s*\b(?:answer|a|solution|response)\s*:\s*$", Options)]
    private static partial Regex Labels();

    [GeneratedRegex(@"^(?:please\s+|now\s+|then\s+|and\s+|kindly\s+|also\s+|in your response\s+)*(?:answer|respond|reply|give|return|output|provide|write|think|explain|show|use|format|be|do not|don't|only|just|no|end|finish|put|let's|let us|keep|round|state|choose|select|pick|your|box|you are|you must|you should|as json|json|make sure|remember|note|work through|reason|consider|solve|justify|include|step by step|briefly|concise|one word|limit|express)\b(?=[^?]*$)", Options)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\b(?:words?|sentences?|decimals?|places?|digits?|lines?|letters?|paragraphs?|characters?|json|format|answers?|integers?)\b", Options)]
    private static partial Regex AboutForm();

    [GeneratedRegex(@"^[^:?]{1,80}:\s+", Options)]
    private static partial Regex Preface();

    [GeneratedRegex(@"(?<=[.?!])\s+|\s*\n\s*", Options)]
    private static partial Regex SentenceEnd();
}
