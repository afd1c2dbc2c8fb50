namespace Consensus.Core.Answers;

/// <summary>Reads the answers of a panel from what its models wrote.</summary>
public static class AnswerReader
{
    /// <summary>
    /// Reads every text under one kind: the form's, or with <see cref="AnswerKind.Auto"/> the kind that the panel's texts themselves show.
    /// The result does not depend on the order of the texts.
    /// </summary>
    /// <param name="texts">One entry per candidate; <c>null</c> for a failed call.</param>
    /// <param name="form">What kind of answer is expected.</param>
    /// <returns>The kind used, and one entry per text: the answer, or <c>null</c> where none can be read.</returns>
    public static PanelReading Read(IReadOnlyList<string?> texts, AnswerForm form) =>
        throw new NotSupportedException();
}

/// <summary>The answers of a panel, read under one kind.</summary>
/// <param name="Kind">The kind used, never <see cref="AnswerKind.Auto"/>.</param>
/// <param name="Answers">One entry per text: the answer, or <c>null</c> where none can be read.</param>
public sealed record PanelReading(AnswerKind Kind, IReadOnlyList<Answer?> Answers);
