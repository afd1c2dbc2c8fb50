using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

public class BooleanTests
{
    [Theory]
    [InlineData("Yes", "true")]
    [InlineData("yes.", "true")]
    [InlineData("**Yes**, because it is.", "true")]
    [InlineData("True", "true")]
    [InlineData("{\"answer\": true}", "true")]
    [InlineData("{\"reasoning\": \"…\", \"answer\": \"Yes\"}", "true")]
    [InlineData("\\boxed{\\text{True}}", "true")]
    [InlineData("The answer is yes.", "true")]
    [InlineData("That is correct.", "true")]
    [InlineData("The statement is not false.", "true")]
    [InlineData("No", "false")]
    [InlineData("No, it is not.", "false")]
    [InlineData("FALSE", "false")]
    [InlineData("Not true.", "false")]
    [InlineData("That's incorrect.", "false")]
    [InlineData("The statement is not true.", "false")]
    [InlineData("It isn't correct.", "false")]
    [InlineData("The claim is false.", "false")]
    [InlineData("After weighing everything, I conclude the following. The answer is no.", "false")]
    [InlineData("Sí", "true")]
    [InlineData("Oui.", "true")]
    [InlineData("Nein, das stimmt nicht.", "false")]
    [InlineData("Да", "true")]
    [InlineData("是的", "true")]
    [InlineData("不是", "false")]
    [InlineData("はい", "true")]
    [InlineData("いいえ", "false")]
    [InlineData("لا", "false")]
    public void ReadsYesAndNo(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Boolean, text));

    [Theory]
    [InlineData("{\"answer\": \"True\"}", "True")]
    [InlineData("It is False.", "False")]
    [InlineData("Not True.", "False")]
    [InlineData("{\"answer\": true}", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("Yes, it is.", "yes")]
    public void ShowsTheWordThatTheModelUses(string text, string expected) =>
        Assert.Equal(expected, AnswerReader.ReadOne(text, new AnswerForm { Kind = AnswerKind.Boolean })!.Text);

    [Theory]
    [InlineData("")]
    [InlineData("I cannot say.")]
    [InlineData("Perhaps.")]
    [InlineData("The sky has many colours.")]
    [InlineData("{\"answer\": 7}")]
    [InlineData("{\"answer\": null}")]
    public void ReadsNothingFromWhatIsNeither(string text) => Assert.Null(Reading.Key(AnswerKind.Boolean, text));
}
