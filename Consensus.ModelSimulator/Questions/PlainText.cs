using System.Globalization;
using System.Text;

namespace Consensus.ModelSimulator.Questions;

/// <summary>A message as the understanding reads it: its digits in ASCII whatever their script, and no run of white space, which patterns would walk over again and again.</summary>
internal static class PlainText
{
    public static string Of(string message)
    {
        var text = new StringBuilder(message.Length);
        for (var i = 0; i < message.Length; i++)
        {
            if (char.IsWhiteSpace(message[i]))
            {
                AppendSpace(text, message[i] is '\n' or '\r' or '\u2028' or '\u2029' ? '\n' : ' ');
            }
            else if (CharUnicodeInfo.GetDecimalDigitValue(message, i) is var digit and >= 0)
            {
                text.Append((char)('0' + digit));
                i += char.IsSurrogatePair(message, i) ? 1 : 0;
            }
            else
            {
                text.Append(message[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>The same on one line, without white space at its ends.</summary>
    public static string Line(string message) => Of(message).Replace('\n', ' ').Trim();

    // A run with a line end in it is one line end, any other run one space.
    private static void AppendSpace(StringBuilder text, char space)
    {
        if (text.Length == 0 || text[^1] is not (' ' or '\n'))
        {
            text.Append(space);
        }
        else if (space == '\n')
        {
            text[^1] = space;
        }
    }
}
