using System.Globalization;
using System.Text;

namespace Consensus.Storage.Privacy;

/// <summary>Reads the inside of a JSON string leniently: an escape that is half of a character becomes the replacement character.</summary>
internal static class JsonText
{
    /// <param name="raw">What stands between the quotes of a string in valid JSON.</param>
    public static string Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (raw.IndexOf('\\') is >= 0 and var at)
        {
            text.Append(raw[..at]);
            var escape = raw[at + 1];
            text.Append(escape switch
            {
                'u' => (char)ushort.Parse(raw.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => escape, // a quote, a slash or a backslash
            });
            raw = raw[(at + (escape == 'u' ? 6 : 2))..];
        }

        // The encoder puts the replacement character in the place of a half.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Append(raw).ToString()));
    }
}
