using Consensus.Core.Answers.Literals;

namespace Consensus.Core.Answers.Kinds;

/// <summary>
/// Tells the answers of a program from those of a person. Asked what a program returns, some models write its text in quotes inside their JSON
/// (<c>{"answer": "'816'"}</c>) and some without (<c>{"answer": "816"}</c>). One model's quotes are taken at their word where the text without them would be
/// read as something else: as a number, or without its line breaks and outer spaces. For a text that is the same either way it takes a third of the panel,
/// because a title may stand in quotes too.
/// </summary>
internal static class QuotedMembers
{
    private const int Few = 2;
    private const int Share = 3;

    public static bool ShowCode(KindSign[] shown)
    {
        var quoted = shown.Where(static sign => sign.IsQuoted).ToArray();
        if (quoted.Length == 0 || 2 * shown.Count(static sign => sign.Member is not null) <= shown.Length || shown.Any(IsMeasure))
            return false;
        if (quoted.Length >= Few && Share * quoted.Length >= shown.Length)
            return true;
        var exact = quoted.Where(static sign => NeedsQuotes((TextLiteral)sign.Literal!)).Select(static sign => LiteralForm.Normal(sign.Literal!)).ToHashSet();
        return exact.Count > 0 && shown.Any(sign => sign is { IsQuoted: false, Member: { } bare } && exact.Contains(LiteralForm.Normal(new TextLiteral(bare))));
    }

    /// <summary>A number with a unit or separators is a person's: "$1,234".</summary>
    private static bool IsMeasure(KindSign sign) => sign is { Kind: AnswerKind.Number, Literal: not NumberLiteral };

    private static bool NeedsQuotes(TextLiteral text) =>
        LiteralParser.Whole(text.Value) is not null || text.Value.AsSpan().ContainsAny("\\\n\r\t") || text.Value.AsSpan().Trim().Length < text.Value.Length;
}
