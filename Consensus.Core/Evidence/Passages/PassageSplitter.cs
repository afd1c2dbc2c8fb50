using Consensus.Core.Answers.Scripts;

namespace Consensus.Core.Evidence.Passages;

/// <summary>
/// Cuts a text into passages: whole sentences, gathered until they are worth a search of their own. A heading begins a passage, a paragraph ends one that is
/// long
/// enough. It reads forward only, so that a text that grows keeps its passages but for the last two.
/// </summary>
/// <remarks>
/// Passages of some hundred characters are what retrieval for question answering works with: Karpukhin et al. 2020, "Dense Passage Retrieval for Open-Domain
/// Question Answering" (100 words, about 600 characters).
/// </remarks>
public static class PassageSplitter
{
    /// <summary>The version of the rules; passages that other rules have made have other places.</summary>
    public const int Version = 1;

    /// <summary>From this length on a passage ends with its paragraph.</summary>
    public const int EnoughCharacters = 600;

    /// <summary>The most characters of a passage; a sentence that is longer is cut between words.</summary>
    public const int MostCharacters = 900;

    private const int HeadingCharacters = 80;

    /// <summary>Cuts a text into passages.</summary>
    /// <param name="text">The text; any script, any length.</param>
    /// <returns>The passages in order. They do not overlap, and outside of them is white space only.</returns>
    public static IReadOnlyList<PassageSpan> Split(string text)
    {
        var passages = new List<PassageSpan>();
        var start = -1;
        var end = 0;
        var hasBody = false;
        foreach (var piece in Pieces(text))
        {
            var isHeading = IsHeading(text, piece);
            if (start >= 0 && EndsBefore(text, start, end, piece, isHeading && hasBody))
            {
                passages.Add(new PassageSpan(start, end));
                start = -1;
            }

            hasBody = !isHeading || (start >= 0 && hasBody);
            start = start < 0 ? piece.Start : start;
            end = piece.End;
        }

        if (start >= 0)
        {
            passages.Add(new PassageSpan(start, end));
        }

        return passages;
    }

    private static bool EndsBefore(string text, int start, int end, PassageSpan next, bool beginsSection) =>
        beginsSection || next.End - start > MostCharacters || (end - start >= EnoughCharacters && LineEnds(text, end, next.Start) > 1);

    /// <summary>Sentences, each with whatever stands before it that is part of none (a bullet, a rule), and none longer than a passage.</summary>
    private static IEnumerable<PassageSpan> Pieces(string text)
    {
        var from = 0;
        foreach (var sentence in Sentences.Spans(text))
        {
            foreach (var piece in Cut(text, from, sentence.End.Value))
            {
                yield return piece;
            }

            from = sentence.End.Value;
        }

        foreach (var piece in Cut(text, from, text.Length))
        {
            yield return piece;
        }
    }

    private static IEnumerable<PassageSpan> Cut(string text, int from, int to)
    {
        var end = BeforeSpace(text, from, to);
        var start = AfterSpace(text, from, end);
        while (end - start > MostCharacters)
        {
            var cut = Cut(text, start);
            yield return new PassageSpan(start, BeforeSpace(text, start, cut));
            start = AfterSpace(text, cut, end);
        }

        if (start < end)
        {
            yield return new PassageSpan(start, end);
        }
    }

    /// <summary>Where to cut what is too long: after the last white space, else the last mark, and never within a character.</summary>
    private static int Cut(string text, int start)
    {
        var window = text.AsSpan(start, MostCharacters);
        var half = MostCharacters / 2;
        var space = LastWhiteSpace(window);
        if (space >= half)
        {
            return start + space;
        }

        var mark = window.LastIndexOfAny(",;:)，、；：）");
        if (mark >= half)
        {
            return start + mark + 1;
        }

        // A mark that is combined with what stands before stays with it, as far as there is room for that.
        var cut = start + MostCharacters;
        while (cut > start + half && !MayCut(text, cut))
        {
            cut--;
        }

        return MayCut(text, cut) ? cut : char.IsLowSurrogate(text[start + MostCharacters]) ? start + MostCharacters - 1 : start + MostCharacters;
    }

    private static bool MayCut(string text, int at) => !char.IsLowSurrogate(text[at])
        && char.GetUnicodeCategory(text, at) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
            or System.Globalization.UnicodeCategory.EnclosingMark or System.Globalization.UnicodeCategory.Format);

    private static int LastWhiteSpace(ReadOnlySpan<char> window)
    {
        for (var i = window.Length - 1; i > 0; i--)
        {
            if (char.IsWhiteSpace(window[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A line of its own that is marked as one (<c># …</c>), or is short, ends without punctuation and stands between blank lines.</summary>
    private static bool IsHeading(string text, PassageSpan piece)
    {
        if (piece.End - piece.Start > HeadingCharacters)
        {
            return false;
        }

        var before = LineEndsBefore(text, piece.Start);
        var line = text.AsSpan(piece.Start, piece.End - piece.Start);
        if (before > 0 && line[0] == '#')
        {
            var marks = line.IndexOfAnyExcept('#');
            return marks is > 0 and <= 6 && char.IsWhiteSpace(line[marks]) && LineEnds(text, piece.End, AfterSpace(text, piece.End, text.Length)) > 0;
        }

        return before > 1 && !char.IsPunctuation(line[^1]) && !line.ContainsAny("\r\n") && LineEnds(text, piece.End, AfterSpace(text, piece.End, text.Length)) > 1;
    }

    /// <summary>How many lines end in the white space before a place; the beginning of the text counts as many.</summary>
    private static int LineEndsBefore(string text, int at)
    {
        var start = BeforeSpace(text, 0, at);
        return start == 0 ? 2 : LineEnds(text, start, at);
    }

    private static int LineEnds(string text, int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
        {
            count += text[i] is '\n' or '\u2028' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) ? 1 : text[i] == '\u2029' ? 2 : 0;
        }

        return count;
    }

    private static int AfterSpace(string text, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        return from;
    }

    private static int BeforeSpace(string text, int from, int to)
    {
        while (to > from && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        return to;
    }
}
