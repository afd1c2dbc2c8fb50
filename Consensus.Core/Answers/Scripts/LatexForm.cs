using System.Text;

namespace Consensus.Core.Answers.Scripts;

/// <summary>
/// The normal form of LaTeX: without what only sets the text (spacing, <c>\left</c>, <c>$</c>, <c>\text{}</c>), with one name for each command and one way
/// of writing
/// fractions and one-character scripts. <c>\dfrac12</c>, <c>\frac{1}{2}</c> and <c>1/2</c> are one.
/// </summary>
internal static class LatexForm
{
    private const int MaxDepth = 32;
    private const int LongestFormula = 400;
    private const int ProseWord = 4;
    private const int FewWords = 2;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["left"] = "", ["right"] = "", ["displaystyle"] = "", ["textstyle"] = "", ["limits"] = "", ["quad"] = " ", ["qquad"] = " ", ["text"] = "",
        ["textbf"] = "", ["textit"] = "", ["mathrm"] = "", ["mathbf"] = "",
        ["mathit"] = "", ["operatorname"] = "", ["mbox"] = "", ["boxed"] = "", ["rm"] = "", ["dfrac"] = "\\frac", ["tfrac"] = "\\frac", ["cfrac"] = "\\frac",
        ["frac"] = "\\frac", ["leq"] = "≤", ["le"] = "≤", ["geq"] = "≥", ["ge"] = "≥", ["neq"] = "≠",
        ["ne"] = "≠", ["times"] = "×", ["cdot"] = "·", ["pm"] = "±", ["pi"] = "π", ["infty"] = "∞", ["circ"] = "°", ["to"] = "→", ["rightarrow"] = "→",
        ["cup"] = "∪", ["cap"] = "∩", ["in"] = "∈", ["sqrt"] = "√", ["ldots"] = "...", ["dots"] = "...",
    };

    /// <summary>Whether a text is a formula in LaTeX: it has commands or scripts, and hardly a word of prose.</summary>
    public static bool IsFormula(string text)
    {
        if (text.Length > LongestFormula || !(text.Contains('\\') || text.Contains('^') || text is ['$', _, .., '$']))
            return false;
        var words = 0;
        var letters = 0;
        var isCommand = false;
        foreach (var c in text)
        {
            isCommand = c == '\\' || (isCommand && char.IsLetter(c));
            letters = char.IsLetter(c) && !isCommand ? letters + 1 : 0;
            words += letters == ProseWord ? 1 : 0;
        }
        return words <= FewWords;
    }

    public static string Normal(string text)
    {
        var position = 0;
        var result = new StringBuilder(text.Length);
        Sequence(text, ref position, result, depth: 0, closing: '\0');
        return result.ToString().Trim();
    }

    private static void Sequence(string text, ref int position, StringBuilder result, int depth, char closing)
    {
        while (position < text.Length && (closing == '\0' || text[position] != closing))
            Item(text, ref position, result, depth);
        position += position < text.Length ? 1 : 0;
    }

    /// <summary>One character, command or group, in its normal form.</summary>
    private static void Item(string text, ref int position, StringBuilder result, int depth)
    {
        var c = text[position];
        if (c == '\\' && position + 1 < text.Length)
        {
            Command(text, ref position, result, depth);
        }
        else if (c is '^' or '_' && position + 1 < text.Length)
        {
            position++;
            var script = Argument(text, ref position, depth);
            result.Append(script == "°" ? "" : c.ToString()).Append(script.Length > 1 ? $"({script})" : script);
        }
        else if (c == '{' && depth < MaxDepth)
        {
            position++;
            Sequence(text, ref position, result, depth + 1, '}');
        }
        else
        {
            position++;
            result.Append(c is '$' or '~' or '{' or '}' ? "" : c.ToString());
        }
    }

    private static void Command(string text, ref int position, StringBuilder result, int depth)
    {
        position++;
        if (!char.IsAsciiLetter(text[position]))
        {
            // "\%" is the sign; "\," "\!" "\(" and "\\" only set the text; "\{" is a brace.
            result.Append(text[position] switch
            {
                '%' or '$' or '#' or '&' or '_' => text[position].ToString(),
                '{' => "{",
                '}' => "}",
                '\\'
                or ' ' => " ",
                _ => ""
            });
            position++;
            return;
        }
        var start = position;
        while (position < text.Length && char.IsAsciiLetter(text[position]))
            position++;
        var name = text[start..position];
        var plain = Names.GetValueOrDefault(name, $"\\{name} ");
        if (plain != "\\frac")
        {
            result.Append(plain);
            return;
        }
        var top = Argument(text, ref position, depth);
        var bottom = Argument(text, ref position, depth);
        result.Append(Simple(top)).Append('/').Append(Simple(bottom));
    }

    private static string Simple(string part) => part.All(static c => char.IsLetterOrDigit(c) || c is '.' or 'π') ? part : $"({part})";

    /// <summary>A group in braces, a command or one character.</summary>
    private static string Argument(string text, ref int position, int depth)
    {
        while (position < text.Length && text[position] == ' ')
            position++;
        if (position >= text.Length || depth >= MaxDepth)
            return "";
        var result = new StringBuilder();
        Item(text, ref position, result, depth + 1);
        return result.ToString().Trim();
    }
}
