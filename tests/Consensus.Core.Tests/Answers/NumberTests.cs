using Consensus.Core.Answers;
using FsCheck.Xunit;

namespace Consensus.Core.Tests.Answers;

public class NumberTests
{
    [Theory]
    [InlineData("391", "391")]
    [InlineData("17 * 23 = 391", "391")]
    [InlineData("17 × 23 equals 391.", "391")]
    [InlineData("#### 18", "18")]
    [InlineData("She sells 9 eggs.\n9 * 2 = 18\n#### 18", "18")]
    [InlineData("**Final answer:** $1,234.50", "1234.5")]
    [InlineData("**Final Answer:**\n\n$1,234.50", "1234.5")]
    [InlineData("The answer is 42.", "42")]
    [InlineData("The answer is **42**", "42")]
    [InlineData("The final answer is: $\\boxed{42}$", "42")]
    [InlineData("So we get \\boxed{\\frac{3}{4}}.", "0.75")]
    [InlineData("\\[ \\boxed{\\text{1{,}234}} \\]", "1234")]
    [InlineData("```json\n{\"reasoning\": \"9 * 2 = 18\", \"answer\": \"18\"}\n```", "18")]
    [InlineData("{\"reasoning\": \"so \\\"5\\\" it is\", \"answer\": 5}", "5")]
    [InlineData("{\"reasoning\": \"line one\nline two\", \"answer\": \"$2.50\"}", "2.5")]
    [InlineData("{\"reasoning\": \"he said \"ten\" then\", \"answer\": \"10\"}", "10")]
    [InlineData("{\"reasoning\": \"x\"\n \"answer\": \"2\"\n}", "2")]
    [InlineData("{\"reasoning\": \"x\", \"answer\": \"18", "18")]
    [InlineData("{\"reasoning\": \"x. Answer: \\\"answer\\\": \\\"3,000\\\"\"\n}", "3000")]
    [InlineData("{\"answer\": \"600 - (198 + 209) = 600 - 407 = 193\"}", "193")]
    [InlineData("{\"answer\": \"John made $114200 that year.\"}", "114200")]
    [InlineData("{\"answer\": \"The price of the car in the year 2010 is $9,800.\"}", "9800")]
    [InlineData("{\"answer\": {\"value\": 7}}", "7")]
    [InlineData("{\"answer\": [7]}", "7")]
    [InlineData("{\"explanation\": \"3 + 4\", \"total\": 7, \"confidence\": 0.9}", "7")]
    [InlineData("<think>maybe 5, maybe 6</think>The answer is 7", "7")]
    [InlineData("The answer is 12</s></s>", "12")]
    public void ReadsTheNumberThatATextSettlesOn(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("1,234", "1234")]
    [InlineData("1,234,567.89", "1234567.89")]
    [InlineData("1.234,50", "1234.5")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1 234,50", "1234.5")]
    [InlineData("1 234 567", "1234567")]
    [InlineData("1\u00A0234", "1234")]
    [InlineData("1'234", "1234")]
    [InlineData("12,34,567", "1234567")]
    [InlineData("0,5", "0.5")]
    [InlineData("0,125", "0.125")]
    [InlineData("3,14", "3.14")]
    [InlineData(".5", "0.5")]
    [InlineData("007", "7")]
    [InlineData("18.00", "18")]
    [InlineData("-0", "0")]
    [InlineData("−5", "-5")]
    [InlineData("-$5", "-5")]
    [InlineData("minus 5", "-5")]
    [InlineData("negative 12", "-12")]
    [InlineData("35%", "35")]
    [InlineData("35 percent", "35")]
    [InlineData("35\\%", "35")]
    [InlineData("€ 20", "20")]
    [InlineData("280 feet", "280")]
    [InlineData("100 barrels/year", "100")]
    [InlineData("72 km/h", "72")]
    [InlineData("5 m^2", "5")]
    [InlineData("25 m²", "25")]
    [InlineData("90°", "90")]
    [InlineData("$20k", "20000")]
    [InlineData("$1.5M", "1500000")]
    [InlineData("1.5 million", "1500000")]
    [InlineData("3万", "30000")]
    public void ReadsEveryWayOfWritingANumber(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("3/4", "0.75")]
    [InlineData("1 1/2", "1.5")]
    [InlineData("2½", "2.5")]
    [InlineData("½", "0.5")]
    [InlineData("\\frac{3}{4}", "0.75")]
    [InlineData("$\\dfrac{1}{8}$", "0.125")]
    [InlineData("\\frac34", "0.75")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5E-4", "0.00015")]
    [InlineData("3 × 10^5", "300000")]
    [InlineData("3 \\times 10^{5}", "300000")]
    [InlineData("3x10^5", "300000")]
    [InlineData("6.02 × 10²³", "602000000000000000000000")]
    [InlineData("10^6", "1000000")]
    [InlineData("2^10", "1024")]
    [InlineData("2\\sqrt{3}", "3.46410161514")]
    [InlineData("\\frac{\\sqrt{3}}{2}", "0.866025403784")]
    [InlineData("2\\pi", "6.28318530718")]
    [InlineData("\\frac{1}{3}", "0.333333333333")]
    [InlineData("(6 + 9) * 2", "30")]
    [InlineData("600 - 198 - 209", "193")]
    public void ComputesFractionsPowersAndExpressions(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("twenty-three", "23")]
    [InlineData("The answer is one hundred and five.", "105")]
    [InlineData("two thousand three hundred", "2300")]
    [InlineData("三百二十", "320")]
    [InlineData("答案是42。", "42")]
    [InlineData("答案是：四十二", "42")]
    [InlineData("１２３", "123")]
    [InlineData("٤٢", "42")]
    [InlineData("الجواب هو ٤٢", "42")]
    [InlineData("उत्तर है ४२", "42")]
    [InlineData("La réponse est 3,5", "3.5")]
    [InlineData("Die Antwort lautet 1.234,5", "1234.5")]
    [InlineData("La respuesta es 42", "42")]
    [InlineData("Ответ: 42", "42")]
    public void ReadsNumbersInWordsAndInAnyScript(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("one", "1")]
    [InlineData("**One**.", "1")]
    [InlineData("One apple", "1")]
    [InlineData("Exactly one.", "1")]
    [InlineData("minus one", "-1")]
    [InlineData("The answer is one.", "1")]
    [InlineData("The answer is minus one.", "-1")]
    [InlineData("Nobody expected it, but seventeen less sixteen equals one, as can be seen.", "1")]
    [InlineData("She gives two of her three apples away, and has one apple left.", "1")]
    [InlineData("{\"answer\": \"one\"}", "1")]
    [InlineData("one hundred of them", "100")]
    [InlineData("No one knows for sure, but most people would say seven.", "7")]
    [InlineData("He has two cats", "2")]
    [InlineData("After all of that has been taken away, there are seven apples left in the basket.", "7")]
    [InlineData("The answer is twelve, since every one of the pupils brings a dozen.", "12")]
    public void ReadsNumberWordsThatAreStated(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("No one can know.")]
    [InlineData("no one can know")]
    [InlineData("The answer is: no one can know.")]
    [InlineData("The answer is that no one knows.")]
    [InlineData("One can only guess.")]
    [InlineData("One never knows.")]
    [InlineData("One of them")]
    [InlineData("The answer is one of the options above.")]
    [InlineData("It is one that cannot be worked out from what is given.")]
    [InlineData("There is no one answer to this.")]
    [InlineData("I cannot tell which one is meant, nor which of the two people is older.")]
    [InlineData("Two trains that leave from different towns at an unknown time may meet anywhere.")]
    [InlineData("{\"answer\": \"No one can say\"}")]
    [InlineData("One's guess is as good as another's.")]
    public void PassesByNumberWordsThatStateNothing(string text) => Assert.Null(Reading.Key(AnswerKind.Number, text));

    [Property]
    public void AStatedNumberWordSurvivesAnyFrameAndADeniedOneNone(byte value)
    {
        string[] words = ["zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "twenty", "forty", "ninety"];
        long[] values = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 40, 90];
        var (word, key) = (words[value % words.Length], $"{values[value % words.Length]}");
        Assert.All(
            [word, $"{word} apples", $"The answer is {word}.", $"Taking everything that was said into account, the total equals {word} in the end.", $"Final answer: {word}"],
            text => Assert.Equal(key, Reading.Key(AnswerKind.Number, text)));
        Assert.All(
            [$"No {word} experts agree on it.", $"Between the {word} it is hard to choose."],
            text => Assert.Null(Reading.Key(AnswerKind.Number, text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("I'm sorry, but I can't help with that. I was trained until 2023.")]
    [InlineData("I don’t know; it could be 5.")]
    [InlineData("{\"reasoning\": \"12 and 13\", \"answer\": \"None\"}")]
    [InlineData("{\"reasoning\": \"12 and 13\", \"answer\": \"Cannot be determined\"}")]
    [InlineData("{\"reasoning\": \"12 and 13\", \"answer\": null}")]
    [InlineData("{\"reasoning\": \"John has 12 apples and buys 7 more, so that he")]
    [InlineData("{\"answer\": \"27 selfies and 18 portraits\"}")]
    [InlineData("{\"answer\": {\"blue\": 4, \"red\": 6}}")]
    [InlineData("The answer is ±5")]
    [InlineData("The answer is 5 to 10")]
    [InlineData("The answer is 10-12")]
    [InlineData("No number here.")]
    [InlineData("<think>It must be 12 or")]
    public void FindsNoNumberWhereNoneIsSettledOn(string text) => Assert.Null(Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("H2O boils at 100", "100")]
    [InlineData("On 2024-05-01 at 12:30 there were 7 left", "7")]
    [InlineData("GPT-4 says 9", "9")]
    [InlineData("x_1 = 4", "4")]
    [InlineData("It is 12 now, on 3/4/2024", "12")]
    public void PassesByDigitsThatAreNoNumbers(string text, string expected) => Assert.Equal(expected, Reading.Key(AnswerKind.Number, text));

    [Theory]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1e3", "1000")]
    [InlineData("33.333333333333336", "33.33333333333333")]
    [InlineData("1/3", "0.3333333333333333")]
    [InlineData("12345678901234567890", "12,345,678,901,234,567,890")]
    public void TwoWritingsOfOneNumberHaveOneKey(string left, string right) => Assert.Equal(Reading.Key(AnswerKind.Number, left), Reading.Key(AnswerKind.Number, right));

    [Theory]
    [InlineData("12345678901234567890", "12345678901234567891")]
    [InlineData("0.333", "0.3333")]
    [InlineData("5", "-5")]
    public void TwoNumbersHaveTwoKeys(string left, string right) => Assert.NotEqual(Reading.Key(AnswerKind.Number, left), Reading.Key(AnswerKind.Number, right));

    [Fact]
    public void TheTextKeepsCurrencyAndPercent()
    {
        var form = new AnswerForm { Kind = AnswerKind.Number };
        Assert.Equal("$1,234.50", AnswerReader.ReadOne("The answer is $1,234.50.", form)!.Text);
        Assert.Equal("35%", AnswerReader.ReadOne("It is 35% of all.", form)!.Text);
        Assert.Equal(1234.5, AnswerReader.ReadOne("The answer is $1,234.50.", form)!.Value.GetDouble());
    }
}
