using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

public class KindDetectionTests
{
    [Theory]
    [InlineData(AnswerKind.Number, "391", "17 * 23 = 391", "The answer is **391**.", "About four hundred")]
    [InlineData(AnswerKind.Number, "$1,234.50", "1234.5 dollars", "\\boxed{1234.5}")]
    [InlineData(AnswerKind.Number, "17 multiplied by 23 is 391.", "391", "Multiply the two.\nSo the product equals 391.")]
    [InlineData(AnswerKind.Text, "{\"reasoning\": \"r\", \"capital\": \"Paris\", \"confidence\": 0.9}", "Paris")]
    [InlineData(AnswerKind.Boolean, "Yes", "No, it is not.", "{\"answer\": true}")]
    [InlineData(AnswerKind.Json, "{\"a\": 1}", "```json\n{\"a\": 1}\n```", "{\"a\": 2}")]
    [InlineData(AnswerKind.Code, "{\"answer\": \"'ff'\"}", "{\"answer\": \"('a', 1)\"}", "{\"answer\": \"['x']\"}")]
    [InlineData(AnswerKind.Text, "Paris", "The answer is Paris", "It is Paris, of course, the city on the Seine.")]
    [InlineData(AnswerKind.Text, "1 September 1939", "September 1, 1939", "The war began on September 1, 1939.")]
    [InlineData(AnswerKind.Code, "{\"answer\": \"{1: 2}\"}", "{\"answer\": \"{1: 2}\"}")] // JSON has no map from numbers
    [InlineData(AnswerKind.Text, "{\"answer\": \"1Oe-ErrBzz\"}", "{\"answer\": \"1Oe-ErrBzz\"}")]
    [InlineData(AnswerKind.Text, "Paris", "42", "Yes")]
    [InlineData(AnswerKind.Text)]
    public void TheTextsShowTheirKind(AnswerKind expected, params string[] texts) => Assert.Equal(expected, AnswerReader.Read(texts, AnswerForm.Auto).Kind);

    [Theory]
    [InlineData(AnswerKind.Code, "'816'", "816", "816", "816", "816")] // quotes are taken at their word where the bare text reads otherwise
    [InlineData(AnswerKind.Code, "'True'", "True", "True")]
    [InlineData(AnswerKind.Code, "'ab '", "ab ", "ab ", "ab")]
    [InlineData(AnswerKind.Code, "'a\\nb'", "a\\nb", "a c", "d")]
    [InlineData(AnswerKind.Code, "'AbB'", "Abb", "'Abb'", "AbB", "AbB")] // a third of the panel quotes
    [InlineData(AnswerKind.Code, "   ", "   ", "''")]
    [InlineData(AnswerKind.Number, "'17'", "816", "816")] // nobody else has the quoted text
    [InlineData(AnswerKind.Number, "'816'", "816", "$816", "816")] // people's numbers
    [InlineData(AnswerKind.Text, "\\\"Hamlet\\\"", "Hamlet", "Hamlet", "hamlet")] // a title
    [InlineData(AnswerKind.Text, "\\\"Hamlet\\\"", "\\\"Hamlet\\\"", "Hamlet", "Hamlet", "Hamlet", "Hamlet", "Macbeth")]
    public void QuotesInsideAnswerMembersShowTheTextsOfAProgram(AnswerKind expected, params string[] members) =>
        Assert.Equal(expected, AnswerReader.Read([.. members.Select(Member)], AnswerForm.Auto).Kind);

    [Fact]
    public void ProseIsNotTurnedIntoCodeByOneQuotedMember() =>
        Assert.Equal(AnswerKind.Number, AnswerReader.Read(["816", "The answer is 816.", "= 816", Member("'816'"), Member("816")], AnswerForm.Auto).Kind);

    [Fact]
    public void AMemberThatOtherMembersMayYetQuoteSettlesNothing()
    {
        Assert.False(AnswerReader.KindIsSettled([Member("816"), Member("816"), Member("816"), null], [false, false, false, true], AnswerForm.Auto));
        Assert.True(AnswerReader.KindIsSettled([Member("'816'"), Member("(1, 2)"), Member("{1}"), null], [false, false, false, true], AnswerForm.Auto));
        Assert.True(AnswerReader.KindIsSettled(["{\"answer\": 816}", "816", "816", null], [false, false, false, true], AnswerForm.Auto));
    }

    private static string Member(string text) => $"{{\"reasoning\": \"r\", \"answer\": \"{text}\"}}";

    [Fact]
    public void FailedCallsAndRefusalsShowNothing() =>
        Assert.Equal(AnswerKind.Number, AnswerReader.Read([null, "I'm sorry, I can't.", "42", null], AnswerForm.Auto).Kind);

    [Fact]
    public void AMemberThatSaysThereIsNoAnswerShowsNothing() =>
        Assert.Equal(AnswerKind.Number, AnswerReader.Read([Member("N/A"), Member("Not given"), "42", null], AnswerForm.Auto).Kind);

    [Fact]
    public void AKindShownByMoreThanHalfOfAllAskedIsSettled()
    {
        Assert.True(AnswerReader.KindIsSettled(["4", "5", "6", null, null], [false, false, false, true, true], AnswerForm.Auto));
        Assert.False(AnswerReader.KindIsSettled(["4", "5", null, null], [false, false, true, true], AnswerForm.Auto));
        Assert.False(AnswerReader.KindIsSettled(["4", "5", null, null, null], [false, false, false, true, true], AnswerForm.Auto));
        Assert.True(AnswerReader.KindIsSettled([null, null], [true, true], new AnswerForm { Kind = AnswerKind.Text }));
        Assert.True(AnswerReader.KindIsSettled([null, null], [true, true], new AnswerForm { Choices = ["a", "b"] }));
        Assert.True(AnswerReader.KindIsSettled([null, "x"], [false, false], AnswerForm.Auto));
    }
}
