using System.Text;

namespace Consensus.Storage.Postgres;

/// <summary>
/// Texts as PostgreSQL can hold them. It takes no NUL character, which models do send: U+FDD0, which Unicode reserves for such inner use, stands for one, and
/// behind U+FDD1 for itself. Half a surrogate pair, which UTF-8 cannot say, becomes a replacement character, as in SQLite.
/// </summary>
internal static class PostgresText
{
    private const char Nul = '\uFDD0';
    private const char Escape = '\uFDD1';

    /// <summary>As it is sent.</summary>
    public static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAny('\0', Nul, Escape) < 0)
            return Whole(text);
        var encoded = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            if (letter is Nul or Escape)
                encoded.Append(Escape);
            encoded.Append(letter == '\0' ? Nul : letter);
        }

        return Whole(encoded.ToString());
    }

    /// <summary>As it was before <see cref="Encode"/>.</summary>
    public static string Decode(string stored)
    {
        if (stored.AsSpan().IndexOfAny(Nul, Escape) < 0)
            return stored;
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            if (stored[i] == Escape && i + 1 < stored.Length)
                text.Append(stored[++i]);
            else
                text.Append(stored[i] == Nul ? '\0' : stored[i]);
        }

        return text.ToString();
    }

    private static string Whole(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsSurrogate(letter))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
