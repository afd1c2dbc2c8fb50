using System.Text;
using Consensus.Core.Claims;

namespace Consensus.Core.Evidence.Citations;

/// <summary>Takes the marks by which an answer cites numbered passages out of its text.</summary>
/// <remarks>
/// A mark is a bracket with nothing but numbers from 1 on in it, apart by commas or joined to ranges. A number of four digits or more is one only where there
/// are so many passages: <c>[2020]</c> stays in the text, <c>[9]</c> of five passages is a mark to nothing. What stands between back-ticks is code and stays.
/// </remarks>
public static class CitationMarks
{
    /// <summary>The text without marks, and where each stood.</summary>
    /// <param name="text">An answer in any script.</param>
    /// <param name="passages">How many passages there are; marks to others are taken out too.</param>
    public static CitedText Read(string text, int passages)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(passages);
        if (text.AsSpan().IndexOfAny("[【［〔") < 0)
        {
            return new CitedText(text, []);
        }

        var left = new StringBuilder(text.Length);
        List<CitationMark> marks = [];
        var code = CodeSpans.Of(text);
        var next = 0;
        for (var i = 0; i < text.Length;)
        {
            for (; next < code.Count && code[next].End.Value <= i; next++)
            {
            }

            var isCode = next < code.Count && code[next].Start.Value <= i;
            if (!isCode && MarkSyntax.At(text, i, passages) is { } mark)
            {
                i = TakeOut(text, i, mark, passages, left, marks);
            }
            else
            {
                left.Append(text[i++]);
            }
        }

        return new CitedText(left.ToString(), marks);
    }

    /// <summary>The text without marks: what votes are counted by.</summary>
    /// <param name="text">An answer in any script.</param>
    public static string Strip(string text) => Read(text, 0).Text;

    /// <summary>The passages that each claim cites: a mark belongs to the claim that it stands in or right after; before the first claim, to that.</summary>
    /// <param name="claims">The claims of the text without marks, in its order.</param>
    /// <param name="marks">The marks.</param>
    /// <returns>One list a claim: distinct numbers in the order in which they stood.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> OfClaims(IReadOnlyList<Claim> claims, IReadOnlyList<CitationMark> marks)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(marks);
        var cited = claims.Select(static _ => new List<int>()).ToArray();
        var at = 0;
        foreach (var (position, passage) in claims.Count > 0 ? marks.OrderBy(static mark => mark.Position) : Enumerable.Empty<CitationMark>())
        {
            // Where one claim ends and the next begins at once, the mark is right after the first.
            while (at + 1 < claims.Count && position >= claims[at + 1].Start && position > claims[at].End)
            {
                at++;
            }

            if (!cited[at].Contains(passage))
            {
                cited[at].Add(passage);
            }
        }

        return cited;
    }

    /// <summary>Takes a mark out, and what only joined it to the text or to the mark after it; the place to go on at.</summary>
    private static int TakeOut(string text, int start, (int End, List<int> Numbers) mark, int passages, StringBuilder left, List<CitationMark> marks)
    {
        var end = mark.End;
        List<int> numbers = [.. mark.Numbers];
        while (AfterJoin(text, end) is var joined && joined < text.Length && MarkSyntax.At(text, joined, passages) is { } more)
        {
            end = more.End;
            numbers.AddRange(more.Numbers);
        }

        if (left.Length > 0 && left[^1] == '(' && end < text.Length && text[end] == ')')
        {
            left.Length--;
            end++;
        }

        var opensLine = OpensLine(left);
        for (; !opensLine && left.Length > 0 && left[^1] is ' ' or '\t' or '\u00A0' or '\u3000'; left.Length--)
        {
        }

        for (; opensLine && end < text.Length && text[end] is ' ' or '\t' or '\u00A0' or '\u3000'; end++)
        {
        }

        marks.AddRange(numbers.Select(number => new CitationMark(left.Length, number)));
        if (left.Length > 0 && end < text.Length && char.IsAsciiLetterOrDigit(left[^1]) && char.IsAsciiLetterOrDigit(text[end]))
        {
            left.Append(' ');
        }

        return end;
    }

    // "[1], [2]", "[1] and [2]", "[1] [2]".
    private static int AfterJoin(string text, int at)
    {
        at = AfterSpace(text, at);
        if (at < text.Length && text[at] is ',' or ';' or '、' or '，')
        {
            return AfterSpace(text, at + 1);
        }

        return text.AsSpan(at).StartsWith("and ", StringComparison.Ordinal) ? AfterSpace(text, at + 4) : at;
    }

    private static int AfterSpace(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\u00A0')
        {
            at++;
        }

        return at;
    }

    private static bool OpensLine(StringBuilder left)
    {
        var i = left.Length - 1;
        while (i >= 0 && left[i] is ' ' or '\t')
        {
            i--;
        }

        return i < 0 || left[i] is '\n' or '\r';
    }
}
