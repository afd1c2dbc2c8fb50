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

        // Labels of one form whose letters follow each other. Where the first A of a form has no B after it, no later one has.
        var chains = Label().Matches(message).GroupBy(Form).Select(Chain).Where(chain => chain.Count > 1).ToList();
        return chains.Count == 0 ? null : Read(message, chains.MinBy(chain => chain[0].Index)!);
    }

    private static char LetterOf(Match label) => char.ToUpperInvariant(label.Groups["letter"].ValueSpan[0]);

    private static List<Match> Chain(IEnumerable<Match> labels)
    {
        List<Match> chain = [];
        foreach (var label in labels)
        {
            if (LetterOf(label) == 'A' + chain.Count && chain.Count < MostOptions)
            {
                chain.Add(label);
            }
        }

        return chain;
    }

    private static (bool, bool, char) Form(Match label) =>
        (label.Groups["open"].Success, char.IsUpper(label.Groups["letter"].ValueSpan[0]), label.Groups["close"].ValueSpan[0]);

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
