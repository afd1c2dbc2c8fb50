using System.Text;

namespace Consensus.Core.Answers.Scripts;

/// <summary>Takes LaTeX's wrapping off a text that is words, not a formula: <c>$\text{Paris}$</c> is Paris. Linear in the text.</summary>
internal static class Latex
{
    private static readonly string[] TextCommands =
        ["\\text{", "\\textbf{", "\\textit{", "\\textrm{", "\\texttt{", "\\textsf{", "\\emph{", "\\mathrm{", "\\mathbf{", "\\mathit{", "\\mathsf{", "\\mbox{", "\\operatorname{"];

    /// <summary>The text without outer math delimiters and without the commands that only set words; what they hold stays.</summary>
    public static string Plain(string text)
    {
        if (!text.Contains('\\') && !text.Contains('$'))
            return text;
        var inner = WithoutDelimiters(text.AsSpan().Trim());
        return inner.Contains('\\') ? WithoutTextCommands(inner) : inner.ToString();
    }

    private static ReadOnlySpan<char> WithoutDelimiters(ReadOnlySpan<char> text)
    {
        foreach (var (open, close) in (ReadOnlySpan<(string, string)>)[("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")])
        {
            var formula = text.TrimEnd(" .,;");
            if (formula.Length > open.Length + close.Length && formula.StartsWith(open) && formula.EndsWith(close) && formula[open.Length..^close.Length].IndexOf('$') < 0)
                return formula[open.Length..^close.Length].Trim();
        }
        return text;
    }

    private static string WithoutTextCommands(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        var depth = 0;
        var opened = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && CommandAt(text[i..]) is > 0 and var length)
            {
                opened.Push(depth++);
                i += length - 1;
                continue;
            }
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is ' ' or ',' or ';')
            {
                result.Append(' ');
                i++;
                continue;
            }
            if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && depth > 0 && --depth == (opened.Count > 0 ? opened.Peek() : -1))
            {
                opened.Pop();
                continue;
            }
            result.Append(text[i]);
        }
        return result.ToString().Trim();
    }

    private static int CommandAt(ReadOnlySpan<char> text)
    {
        foreach (var command in TextCommands)
        {
            if (text.StartsWith(command, StringComparison.Ordinal))
                return command.Length;
        }
        return 0;
    }
}
