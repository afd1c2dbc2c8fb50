using System.Text;

namespace Consensus.ModelSimulator.Replay;

internal static class WhiteSpace
{
    /// <summary>The text with every run of white space made one space, and none at the ends.</summary>
    public static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                result.Append(character);
            }
            else if (result.Length > 0 && result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return result.ToString().TrimEnd();
    }
}
