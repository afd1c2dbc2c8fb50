using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Questions;

/// <summary>Finds the question in a message: without labels, without instructions on how to answer.</summary>
internal static partial class QuestionText
{
    /// <summary>Longer texts are not understood, whatever they say.</summary>
    private const int Longest = 1200;

    /// <summary>So much of a long message is looked at.</summary>
    private const int LongestMessage = 8000;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>The readings of a message, the most literal first.</summary>
    public static IReadOnlyList<string> Readings(string message)
    {
        var text = Labels().Replace(message.Length > LongestMessage ? message[^LongestMessage..] : message, "").Trim();
        var sentences = Sentences(text);
        var asking = sentences.Where(s => !Instruction().IsMatch(s)).ToList();
        var question = sentences.LastOrDefault(s => s.EndsWith('?'));
        string?[] readings = [text, asking.Count > 0 ? string.Join(' ', asking) : null, question, question is null ? null : Preface().Replace(question, ""), asking.LastOrDefault()];
        return [.. readings.OfType<string>().Where(r => r.Length is > 0 and <= Longest).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The sentences and lines of a text; a point inside a number ends none.</summary>
    public static List<string> Sentences(string text) =>
        [.. SentenceEnd().Split(text).Select(s => s.Trim()).Where(s => s.Length > 0)];

    [GeneratedRegex(@"^\s*(?:question|problem|task|user|prompt|q|exercise)\s*\d*\s*[:.)]\s*|\s*\b(?:answer|a|solution|response)\s*:\s*$", Options)]
    private static partial Regex Labels();

    [GeneratedRegex(@"^(?:please\s+|now\s+|then\s+|and\s+|kindly\s+|also\s+|in your response\s+)*(?:answer|respond|reply|give|return|output|provide|write|think|explain|show|use|format|be|do not|don't|only|just|no|end|finish|put|let's|let us|keep|round|state|choose|select|pick|your|box|you are|you must|you should|as json|json|make sure|remember|note|work through|reason|consider|solve|justify|include|step by step|briefly|concise|one word|limit|express)\b(?=[^?]*$)", Options)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^[^:?]{1,80}:\s+", Options)]
    private static partial Regex Preface();

    [GeneratedRegex(@"(?<=[.?!])\s+|\s*\n\s*", Options)]
    private static partial Regex SentenceEnd();
}
