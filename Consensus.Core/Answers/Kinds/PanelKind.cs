namespace Consensus.Core.Answers.Kinds;

/// <summary>
/// The kind of a panel from the kinds that its texts show. A kind shown for certain by more than half of all asked texts is the panel's kind, and stays it
/// whatever the rest show. Else members with and without quotes may show a program's texts (<see cref="QuotedMembers"/>), and then the kind is code.
/// Else the kind that more than half of the showing texts have. Without such a kind: literals together (numbers, truth values, JSON and code) are code, all
/// else is text.
/// </summary>
internal static class PanelKind
{
    /// <param name="signs">One entry per text asked; <c>null</c> for a text that shows nothing.</param>
    public static AnswerKind Of(IReadOnlyList<KindSign?> signs)
    {
        if (Settled(signs) is { } settled)
            return settled;
        KindSign[] shown = [.. signs.OfType<KindSign>()];
        if (QuotedMembers.ShowCode(shown))
            return AnswerKind.Code;
        foreach (var kind in (ReadOnlySpan<AnswerKind>)[AnswerKind.Number, AnswerKind.Boolean, AnswerKind.Json, AnswerKind.Code, AnswerKind.Text])
        {
            if (2 * shown.Count(sign => sign.Kind == kind) > shown.Length)
                return kind;
        }
        return 2 * shown.Count(static sign => sign.Kind is not AnswerKind.Text) > shown.Length && shown.Any(static sign => sign.Kind == AnswerKind.Code)
            ? AnswerKind.Code : AnswerKind.Text;
    }

    /// <summary>The kind that more than half of all asked texts show whatever the others say, or <c>null</c>.</summary>
    public static AnswerKind? Settled(IReadOnlyList<KindSign?> signs)
    {
        foreach (var sign in signs)
        {
            if (sign is { IsFirm: true, Kind: var kind } && 2 * signs.Count(other => other is { IsFirm: true } && other.Value.Kind == kind) > signs.Count)
                return kind;
        }
        return null;
    }
}
