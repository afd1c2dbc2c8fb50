using System.Globalization;
using System.Text.RegularExpressions;
using Consensus.ModelSimulator.Answering;

namespace Consensus.ModelSimulator.Judging;

/// <summary>Finds what a text gives as its answer, in the ways in which simulated models, and most others, give one.</summary>
internal static partial class StatedAnswer
{
    /// <summary>So much of a long text's end is looked at.</summary>
    private const int LongestText = 8000;

    private static readonly string[] True = ["yes", "true"];
    private static readonly string[] False = ["no", "false"];

    /// <summary>Whether the text gives this answer.</summary>
    public static bool Is(Answer answer, IReadOnlyList<string> aliases, string text)
    {
        var stated = Bare(Of(text));
        if (answer.Letter is { } letter && (stated.Equals(letter.ToString(), StringComparison.OrdinalIgnoreCase) || Option().Match(stated) is { Success: true } option
            && option.Groups["letter"].ValueSpan.Equals(letter.ToString(), StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        return answer.Truth is { } truth && True.Concat(False).Contains(FirstWord(stated)) ? (truth ? True : False).Contains(FirstWord(stated))
            : Number(answer.Text) is { } number && Number(stated) is { } other ? number == other
            : aliases.Prepend(answer.Text).Any(name => stated.Equals(Bare(name), StringComparison.Ordinal));
    }

    private static string Of(string text)
    {
        var end = text.Length > LongestText ? text[^LongestText..] : text;
        foreach (var form in new[] { Member(), Boxed(), Final(), Sentence() })
        {
            if (form.Matches(end) is { Count: > 0 } matches)
            {
                return matches[^1].Groups["answer"].Value;
            }
        }

        return end.Trim().Split('\n')[^1];
    }

    private static string Bare(string text) => text.Trim(' ', '\n', '\t', '"', '*', '$', '(', ')', '.', '`').ToLowerInvariant();

    private static string FirstWord(string text) => text.Split(' ', ',', '.')[0];

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("\"answer\"\\s*:\\s*\"?(?<answer>[^\"\\n,}]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Member();

    [GeneratedRegex(@"\\boxed\{(\\text\{)?(?<answer>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Boxed();

    [GeneratedRegex(@"answer:\**\s*(?<answer>[^\n]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Final();

    [GeneratedRegex(@"answer is:?\s*(?<answer>[^\n]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(?<letter>[a-z])\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Option();
}
