using System.Text;

namespace Consensus.LanguageModels.Judging.Fencing;

/// <summary>
/// Sets text that others wrote into a prompt, between two lines that carry the prompt's ticket, with a prefix before each of its own lines. So no text can end its fence,
/// begin another or stand outside, whatever it holds.
/// </summary>
public static class Fence
{
    /// <summary>What each line of fenced text begins with.</summary>
    public const string LinePrefix = "| ";

    /// <summary>How many characters of a text are shown; the begin line says what was left out.</summary>
    public const int MostCharacters = 40_000;

    /// <summary>Fences a text.</summary>
    /// <param name="name">What it is, as the prompt names it: <c>question</c>, <c>answer</c>. Of the prompt's own, one line, without angle brackets.</param>
    /// <param name="text">The text; nothing of it is trusted.</param>
    /// <param name="ticket">The prompt's ticket.</param>
    /// <returns>Lines that are set apart by line feeds alone, without one at the end.</returns>
    public static string Around(string name, string text, string ticket)
    {
        var shown = text.Length <= MostCharacters ? text : Cut(text);
        var cut = shown.Length == text.Length ? "" : $" (the first {shown.Length} of {text.Length} characters)";
        var fenced = new StringBuilder().Append("<<<BEGIN ").Append(name).Append(' ').Append(ticket).Append(cut).Append(">>>\n");
        foreach (var line in HarmlessText.Of(shown).Split('\n'))
        {
            fenced.Append(LinePrefix).Append(line).Append('\n');
        }

        return fenced.Append("<<<END ").Append(name).Append(' ').Append(ticket).Append(">>>").ToString();
    }

    // A pair of surrogates is never cut in two.
    private static string Cut(string text) => char.IsHighSurrogate(text[MostCharacters - 1]) ? text[..(MostCharacters - 1)] : text[..MostCharacters];
}
