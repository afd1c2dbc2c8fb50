using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Answering;

namespace Consensus.ModelSimulator.Questions;

/// <summary>Questions that are answered by yes or no, or by true or false.</summary>
internal static partial class YesNo
{
    /// <summary>What such a question states, without its question word and mark; <c>null</c> when it is no such question.</summary>
    public static string? Strip(string question)
    {
        var match = Opening().Match(question);
        var truth = TruthAsked().Match(question);
        if (!match.Success && !truth.Success)
        {
            return null;
        }

        var statement = TruthAsked().Replace(question, "").Trim();
        statement = Opening().Replace(statement, "").Trim();
        return Closing().Replace(statement, "").Trim();
    }

    /// <summary>Whether the answer is to be <c>True</c> or <c>False</c>.</summary>
    public static bool WantsTrueFalse(string question) => TruthWords().IsMatch(question);

    /// <summary>The problem of a statement that holds or does not.</summary>
    public static Problem Problem(string category, string working, bool holds, bool asTruth) => new()
    {
        Category = category,
        Working = working,
        Right = AnswerOf(holds, asTruth),
        Wrong = [AnswerOf(!holds, asTruth)],
    };

    private static Answer AnswerOf(bool holds, bool asTruth) =>
        new(asTruth ? holds ? "True" : "False" : holds ? "Yes" : "No") { Truth = holds };

    [GeneratedRegex(@"^(?:is it (?:true|correct|right|the case) that\s+|(?:is|are|was|were|does|do|did|can|could|has|have|had|will)\b\s*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\(?\b(?:is (?:this|the following)(?: statement)? )?(?:true or false|true/false|yes or no|yes/no)\b\)?\s*[:?.,]*\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TruthAsked();

    [GeneratedRegex(@"\b(?:true or false|true/false)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TruthWords();

    [GeneratedRegex(@"[\s?.!]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Closing();
}
