using Consensus.Core.Clustering;

namespace Consensus.Core.Claims;

/// <summary>Tokens as claims are compared by: without marks of footnotes, and the parts of ranges and dates each by itself.</summary>
internal static class ClaimTokens
{
    public static IEnumerable<Token> Of(string text)
    {
        foreach (var token in Tokenizer.Tokens(WithoutFootnotes(text)))
        {
            if (!token.IsCode || token.Form.AsSpan().IndexOfAny("-/") < 0)
            {
                yield return token;
                continue;
            }

            foreach (var part in token.Form.Split('-', '/'))
            {
                yield return token with { Form = part, IsCode = part.Any(char.IsLetter) };
            }
        }
    }

    /// <summary>Whether it carries meaning that can be looked for in a text.</summary>
    public static bool IsContent(Token token) => token is { IsStopWord: false, IsNegation: false } && char.IsLetterOrDigit(token.Form, 0);

    public static bool IsNumeric(Token token) => token.Form.Any(char.IsDigit);

    // "Paris[1][2]" cites; it does not count.
    private static string WithoutFootnotes(string text)
    {
        var characters = text.ToCharArray();
        for (var i = text.IndexOf('['); i >= 0; i = text.IndexOf('[', i + 1))
        {
            var rest = text.AsSpan(i + 1);
            var length = rest.IndexOfAnyExceptInRange('0', '9');
            if (length is > 0 and <= 3 && rest[length] == ']')
            {
                characters.AsSpan(i, length + 2).Fill(' ');
            }
        }

        return new string(characters);
    }
}
