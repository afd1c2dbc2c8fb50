using System.Text.RegularExpressions;

namespace Consensus.ModelSimulator.Questions;

/// <summary>The options of a multiple-choice question, as in <c>A) Paris B) Rome</c>, and the question before them.</summary>
internal sealed partial record OptionList(string Stem, IReadOnlyList<string> Options)
{
    private const int MostOptions = 26;
    private const int LongestMessage = 20_000;

    /// <summary>Finds labels <c>A)</c>, <c>(A)</c>, <c>A.</c> or <c>A:</c> in their order, from A on, at least two; <c>null</c> without them.</summary>
    public static OptionList? Parse(string message)
    {
        if (message.Length > LongestMessage)
        {
            return null;
        }

        var labels = Label().Matches(message).ToList();
        for (var first = 0; first < labels.Count; first++)
        {
            if (LetterOf(labels[first]) == 'A' && Chain(labels, first) is { Count: > 1 } chain)
            {
                return Read(message, chain);
            }
        }

        return null;
    }

    private static char LetterOf(Match label) => char.ToUpperInvariant(label.Groups["letter"].Value[0]);

    // Labels of one form whose letters follow each other.
    private static List<Match> Chain(List<Match> labels, int first)
    {
        var form = Form(labels[first]);
        List<Match> chain = [labels[first]];
        foreach (var label in labels.Skip(first + 1))
        {
            if (Form(label) == form && LetterOf(label) == 'A' + chain.Count && chain.Count < MostOptions)
            {
                chain.Add(label);
            }
        }

        return chain;
    }

    private static (bool, bool, string) Form(Match label) =>
        (label.Groups["open"].Success, char.IsUpper(label.Groups["letter"].Value[0]), label.Groups["close"].Value);

    private static OptionList Read(string message, List<Match> chain)
    {
        var options = new List<string>(chain.Count);
        for (var i = 0; i < chain.Count; i++)
        {
            var start = chain[i].Index + chain[i].Length;
            var end = i + 1 < chain.Count ? chain[i + 1].Index : message.Length;
            options.Add(i + 1 < chain.Count ? Trim(message[start..end]) : Last(message[start..end]));
        }

        return new(OptionsLabel().Replace(message[..chain[0].Index].Trim(), "").Trim(), options);
    }

    // The last option ends with its line or, on a line with others, with its sentence.
    private static string Last(string text)
    {
        var line = text.TrimStart();
        var end = line.IndexOf('\n', StringComparison.Ordinal);
        line = end < 0 ? line : line[..end];
        return Trim(SentenceBreak().Split(line)[0]);
    }

    private static string Trim(string option) => option.Trim().TrimEnd(',', ';', '.', '|', '?').Trim('*', '"', ' ');

    [GeneratedRegex(@"(?<=^|[\s,;|*])(?<open>\()?(?<letter>[A-Za-z])(?<close>[).:])(?:\*\*)?[ \t]*(?=\S)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    [GeneratedRegex(@"\s*(?:\b(?:options|choices|answers|possible answers)\s*:)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OptionsLabel();

    [GeneratedRegex(@"(?<=[.?!;])\s+(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceBreak();
}
