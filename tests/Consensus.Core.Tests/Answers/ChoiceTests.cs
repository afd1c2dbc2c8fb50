using Consensus.Core.Answers;

namespace Consensus.Core.Tests.Answers;

public class ChoiceTests
{
    private static readonly string[] Cars = ["Lamborghini", "Trans Am", "Rolls Royce", "The Ferrari", "Rolls Royce Ghost"];

    [Theory]
    [InlineData("B", "B")]
    [InlineData("b", "B")]
    [InlineData("(B)", "B")]
    [InlineData("B.", "B")]
    [InlineData("B) Trans Am", "B")]
    [InlineData("**B**", "B")]
    [InlineData("**B. Trans Am**\n\nBecause he drove one.", "B")]
    [InlineData("The answer is (C).", "C")]
    [InlineData("The answer is C because it is big.", "C")]
    [InlineData("The answer is (C) Rolls Royce", "C")]
    [InlineData("The correct answer is: **(D)**", "D")]
    [InlineData("the correct option is (D).", "D")]
    [InlineData("**Final Answer:** $\\boxed{\\text{B}}$", "B")]
    [InlineData("Answer: Option A", "A")]
    [InlineData("{\"reasoning\": \"A or B\", \"answer\": \"B\"}", "B")]
    [InlineData("{\"reasoning\": \"A or B\", \"answer\": \"B) Trans Am\"}", "B")]
    [InlineData("{\"answer\": [\"C\"]}", "C")]
    [InlineData("{\"answer\": \"Trans Am\"}", "B")]
    [InlineData("答案是B。", "B")]
    [InlineData("Ｂ", "B")]
    public void ReadsTheLetter(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Choice, text, Cars));

    [Theory]
    [InlineData("trans am", "B")]
    [InlineData("Trans Am.", "B")]
    [InlineData("The answer is the Ferrari.", "D")]
    [InlineData("The answer is Rolls Royce.", "C")]
    [InlineData("The answer is Rolls Royce Ghost.", "E")]
    [InlineData("He drove a black Trans Am in that film.", "B")]
    [InlineData("After some thought: it was certainly a Ferrari.", "D")]
    public void ReadsTheOptionsText(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Choice, text, Cars));

    [Theory]
    [InlineData("The answer is (A). Wait, no. The answer is (B).", "B")]
    [InlineData("It could be A or B, but the answer is C.", "C")]
    [InlineData("A) Lamborghini\nB) Trans Am\nC) Rolls Royce\nThe answer is B", "B")]
    [InlineData("Options:\n(A) Lamborghini\n(B) Trans Am\n(C) Rolls Royce\n\nIt must be option (C).", "C")]
    [InlineData("The answer is not (A). The closest option is (E).", "E")]
    [InlineData("The answer is not listed, but the closest option is (E).", "E")]
    [InlineData("(A) is incorrect, so the best option is (C).", "C")]
    [InlineData("It isn't (A) but (B).", "B")]
    [InlineData("This is why (B) is the correct answer.", "B")]
    public void TakesTheLetterThatIsAssertedLast(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Choice, text, Cars));

    [Theory]
    [InlineData("")]
    [InlineData("I cannot answer this.")]
    [InlineData("The answer is None of the above.")]
    [InlineData("{\"answer\": \"None of the above\"}")]
    [InlineData("The answer is (")]
    [InlineData("The answer is (Z).")]
    [InlineData("The answer is (B) and (D).")]
    [InlineData("A car is a vehicle. I think that cars are fast.")]
    [InlineData("We start with (A), which means that the car goes from one place to another, and then we look at the others one by one and th")]
    [InlineData("The maker of the car is the maker of the car is the maker of the car is the maker of the car is the maker of")]
    public void ReadsNothingWhereNoOptionIsChosen(string text) => Assert.Null(Reading.Key(AnswerKind.Choice, text, Cars));

    [Theory]
    [InlineData("It is not Berlin; it's Paris.", "B")]
    [InlineData("The capital isn't Berlin but Paris.", "B")]
    [InlineData("Paris rather than Berlin, then.", "B")]
    [InlineData("I would say that it must be Rome, not Paris or so.", "C")]
    [InlineData("It is surely not Berlin.", null)]
    [InlineData("I can say that Berlin is wrong, so Rome.", "C")]
    [InlineData("The city is neither Berlin nor Paris, it's Rome.", "C")]
    public void AnOptionThatIsRuledOutIsNotChosen(string text, string? expected) =>
        Assert.Equal(expected, Reading.Key(AnswerKind.Choice, text, "Berlin", "Paris", "Rome"));

    [Fact]
    public void NoneOfTheAboveIsAnOptionWhereItIsOffered() =>
        Assert.Equal("C", Reading.Key(AnswerKind.Choice, "The answer is none of the above.", "one", "two", "None of the above"));

    [Theory]
    [InlineData(2, "B", "B")]
    [InlineData(2, "C", null)]
    [InlineData(26, "The answer is (Z)", "Z")]
    [InlineData(10, "The answer is (J)", "J")]
    public void OnlyLettersOfOptionsCount(int count, string text, string? expected) =>
        Assert.Equal(expected, Reading.Key(AnswerKind.Choice, text, [.. Enumerable.Range(1, count).Select(static i => $"option number {i}")]));

    [Fact]
    public void NumericOptionsAreReadByTheirValue() => Assert.Equal("B", Reading.Key(AnswerKind.Choice, "The answer is 20.", "10", "20", "200"));

    [Fact]
    public void TheKindIsChoiceWhenOptionsAreGiven() =>
        Assert.Equal(AnswerKind.Choice, AnswerReader.Read(["Paris", "(A)"], new AnswerForm { Choices = ["Paris", "Rome"] }).Kind);
}
