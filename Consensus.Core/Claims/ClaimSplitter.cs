using System.Buffers;
using Consensus.Core.Answers.Scripts;
using Consensus.Core.Clustering;

namespace Consensus.Core.Claims;

/// <summary>Cuts an answer into claims: its sentences, and what semicolons set apart within them.</summary>
public static class ClaimSplitter
{
    private const int LongestEntity = 10;

    private static readonly SearchValues<char> EntityName = SearchValues.Create("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The claims of an answer in their order. They do not overlap; what lies between them is white space, marks of lists and semicolons.</summary>
    /// <param name="text">An answer in any script; plain text or Markdown.</param>
    public static IReadOnlyList<Claim> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Claim> claims = [];
        foreach (var sentence in Sentences.Spans(text))
        {
            var (start, end) = (sentence.Start.Value, sentence.End.Value);
            for (var i = start; i < end; i++)
            {
                if (IsBoundary(text, i))
                {
                    Add(text, start, i, claims);
                    start = i + 1;
                }
            }

            Add(text, start, end, claims);
        }

        return claims;
    }

    private static bool IsBoundary(string text, int i) =>
        text[i] == '；' || (text[i] == ';' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1])
            && !EndsEntity(text.AsSpan(Math.Max(0, i - LongestEntity), Math.Min(i, LongestEntity))));

    // "&amp;" is a character.
    private static bool EndsEntity(ReadOnlySpan<char> before)
    {
        var start = before.LastIndexOf('&');
        return start >= 0 && before.Length - start > 2 && before[(start + 1)..].IndexOfAnyExcept(EntityName) < 0;
    }

    private static void Add(string text, int start, int end, List<Claim> claims)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (start < end)
        {
            var claim = text[start..end];
            claims.Add(new Claim(claim, start, end, IsCheckable(claim)));
        }
    }

    private static bool IsCheckable(string claim)
    {
        var last = claim.AsSpan().TrimEnd("\"'”’»)]*_」』 ");
        return last is not [.., '?' or '？' or '؟' or ':' or '：']
            && Tokenizer.Tokens(claim).Any(static token => !token.IsStopWord && token.Form.Any(char.IsLetterOrDigit));
    }
}
