namespace Consensus.Core.Answers.Kinds;

/// <summary>
/// The kind of a panel from the kinds that its texts show. A kind shown by more than half of all asked texts is the panel's kind, and stays it whatever
/// the rest show. Without such a kind: literals together (numbers, truth values, JSON and code) are code, all else is text.
/// </summary>
internal static class PanelKind
{
    /// <param name="signs">One entry per text asked; <c>null</c> for a text that shows nothing.</param>
    public static AnswerKind Of(IReadOnlyList<AnswerKind?> signs)
    {
        if (Settled(signs) is { } settled)
            return settled;
        var shown = signs.Count(static sign => sign is not null);
        foreach (var kind in (ReadOnlySpan<AnswerKind>)[AnswerKind.Number, AnswerKind.Boolean, AnswerKind.Json, AnswerKind.Code])
        {
            if (2 * signs.Count(sign => sign == kind) > shown)
                return kind;
        }
        return 2 * signs.Count(static sign => sign is AnswerKind.Number or AnswerKind.Boolean or AnswerKind.Json or AnswerKind.Code) > shown
            && signs.Contains(AnswerKind.Code) ? AnswerKind.Code : AnswerKind.Text;
    }

    /// <summary>The kind that more than half of all asked texts show, or <c>null</c>.</summary>
    public static AnswerKind? Settled(IReadOnlyList<AnswerKind?> signs)
    {
        foreach (var sign in signs)
        {
            if (sign is { } kind && 2 * signs.Count(other => other == kind) > signs.Count)
                return kind;
        }
        return null;
    }
}
