using System.Text;

namespace Consensus.Storage.Evidence.Reading;

/// <summary>A text with one kind of line end, without control characters, halves of surrogate pairs, and white space at its edges.</summary>
internal static class CleanText
{
    private const char ByteOrderMark = '\uFEFF';

    public static string Of(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (c == '\r')
            {
                clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            }
            else if (c is '\n' or '\t' || !(char.IsControl(c) || char.IsSurrogate(c) || c == ByteOrderMark))
            {
                clean.Append(c);
            }
            else if (c == '\f')
            {
                clean.Append("\n\n");
            }
        }

        return clean.ToString().Trim();
    }
}
