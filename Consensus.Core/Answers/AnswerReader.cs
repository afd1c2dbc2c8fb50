using Consensus.Core.Answers.Choices;
using Consensus.Core.Answers.Kinds;

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
    public static PanelReading Read(IReadOnlyList<string?> texts, AnswerForm form)
    {
        var readings = texts.Select(ModelReading.Of).ToArray();
        var kind = DeclaredKind(form) ?? PanelKind.Of(Array.ConvertAll(readings, KindSigns.Of));
        if (kind == AnswerKind.Code)
            return new PanelReading(kind, CodeAnswer.Read(readings));
        var options = new Options(form.Choices);
        return new PanelReading(kind, Array.ConvertAll(readings, reading => Read(reading, kind, form, options)));
    }

    /// <summary>Reads one text, as a candidate's provisional answer before its panel is complete. With <see cref="AnswerKind.Auto"/> the kind is the text's
    /// own.</summary>
    /// <param name="text">What the model wrote; <c>null</c> for a failed call.</param>
    /// <param name="form">What kind of answer is expected.</param>
    /// <returns>The answer, or <c>null</c> where none can be read.</returns>
    public static Answer? ReadOne(string? text, AnswerForm form) => Read([text], form).Answers[0];

    /// <summary>
    /// Whether the outstanding answers can no longer change the kind: it is declared, or more than half of all asked texts (failed and outstanding ones
    /// count as asked) already show it.
    /// </summary>
    /// <param name="texts">One entry per candidate; <c>null</c> for a failed or outstanding call.</param>
    /// <param name="outstanding">One entry per candidate: true while its call is going.</param>
    /// <param name="form">What kind of answer is expected.</param>
    public static bool KindIsSettled(IReadOnlyList<string?> texts, IReadOnlyList<bool> outstanding, AnswerForm form) =>
        DeclaredKind(form) is not null || !outstanding.Contains(true)
        || PanelKind.Settled([.. texts.Select((text, i) => outstanding[i] ? null : KindSigns.Of(ModelReading.Of(text)))]) is not null;

    private static AnswerKind? DeclaredKind(AnswerForm form) =>
        form.Kind != AnswerKind.Auto ? form.Kind : form.Choices.Count > 0 ? AnswerKind.Choice : null;

    private static Answer? Read(ModelReading? reading, AnswerKind kind, AnswerForm form, Options options) => reading is null ? null : kind switch
    {
        AnswerKind.Number => NumberAnswer.Read(reading),
        AnswerKind.Choice => ChoiceAnswer.Read(reading, options),
        AnswerKind.Boolean => BooleanAnswer.Read(reading),
        AnswerKind.Json => JsonAnswer.Read(reading, form.Accepts),
        _ => TextAnswer.Read(reading),
    };
}

/// <summary>The answers of a panel, read under one kind.</summary>
/// <param name="Kind">The kind used, never <see cref="AnswerKind.Auto"/>.</param>
/// <param name="Answers">One entry per text: the answer, or <c>null</c> where none can be read.</param>
public sealed record PanelReading(AnswerKind Kind, IReadOnlyList<Answer?> Answers);
