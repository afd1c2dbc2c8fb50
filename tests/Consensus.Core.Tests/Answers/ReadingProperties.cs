using Consensus.Core.Answers;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Answers;

[Properties(Arbitrary = [typeof(ModelTexts)], MaxTest = 150)]
public class ReadingProperties
{
    private static readonly AnswerKind[] Kinds = Enum.GetValues<AnswerKind>();

    private static readonly AnswerForm[] Forms =
        [.. Kinds.Select(static kind => new AnswerForm { Kind = kind, Choices = kind == AnswerKind.Choice ? ["Paris", "Rome", "None of the above"] : [], Tolerance = 0.1 })];

    [Property]
    public void ReadingNeverThrowsAndGivesWholeAnswers(PanelTexts panel)
    {
        foreach (var form in Forms)
        {
            var reading = AnswerReader.Read(panel.Values, form);
            Assert.Equal(panel.Values.Length, reading.Answers.Count);
            Assert.NotEqual(AnswerKind.Auto, reading.Kind);
            foreach (var answer in reading.Answers.OfType<Answer>())
            {
                Assert.Equal(reading.Kind, answer.Kind);
                Assert.NotNull(answer.Text);
                Assert.NotNull(answer.Key);
                Assert.NotEmpty(answer.Value.GetRawText());
                Assert.Equal(reading.Kind == AnswerKind.Number, double.IsFinite(answer.Number));
            }
        }
    }

    [Property]
    public void TheOrderOfThePanelDoesNotMatter(PanelTexts panel)
    {
        foreach (var form in Forms)
        {
            var forward = AnswerReader.Read(panel.Values, form);
            var backward = AnswerReader.Read([.. panel.Values.Reverse()], form);
            Assert.Equal(forward.Kind, backward.Kind);
            Assert.Equal(forward.Answers.Select(static answer => answer?.Key), backward.Answers.Reverse().Select(static answer => answer?.Key));
        }
    }

    [Property]
    public void ASettledKindIsTheKindWhateverTheRestAnswer(PanelTexts panel, PanelTexts late)
    {
        string?[] now = [.. panel.Values, .. late.Values.Select(static _ => (string?)null)];
        bool[] outstanding = [.. panel.Values.Select(static _ => false), .. late.Values.Select(static _ => true)];
        if (AnswerReader.KindIsSettled(now, outstanding, AnswerForm.Auto))
            Assert.Equal(AnswerReader.Read(now, AnswerForm.Auto).Kind, AnswerReader.Read([.. panel.Values, .. late.Values], AnswerForm.Auto).Kind);
    }

    [Property]
    public void ATypedAnswerReadAgainIsTheSameAnswer(ModelText text)
    {
        foreach (var kind in (ReadOnlySpan<AnswerKind>)[AnswerKind.Number, AnswerKind.Boolean, AnswerKind.Json])
        {
            if (Reading.Key(kind, text.Value) is { } key)
                Assert.Equal(key, Reading.Key(kind, key));
        }
    }

    [Property]
    public void EveryDecimalIsReadBack(decimal value) =>
        Assert.Equal((double)value, AnswerReader.ReadOne($"The answer is {value}.", new AnswerForm { Kind = AnswerKind.Number })!.Number, 1e-11 * Math.Abs((double)value));

    [Property]
    public void EveryIntegerIsReadBackWithSeparators(int value) => Assert.Equal(value.ToString(), Reading.Key(AnswerKind.Number, $"**Answer:** {value:N0}"));
}
