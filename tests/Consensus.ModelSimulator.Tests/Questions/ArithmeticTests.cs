using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.Tests.Questions;

public class ArithmeticTests
{
    [Theory]
    [InlineData("What is 17 * 23?", "391")]
    [InlineData("17*23", "391")]
    [InlineData("17 * 23 =", "391")]
    [InlineData("17 x 23", "391")]
    [InlineData("17 × 23?", "391")]
    [InlineData("What is 17 times 23?", "391")]
    [InlineData("what's seventeen times twenty-three", "391")]
    [InlineData("Calculate 17 multiplied by 23.", "391")]
    [InlineData("Please compute the product of 17 and 23.", "391")]
    [InlineData("How much is 1,234 + 4,321?", "5555")]
    [InlineData("(3+4)*5", "35")]
    [InlineData("12/8", "1.5")]
    [InlineData("1/3", "0.333333")]
    [InlineData("2/3", "0.666667")]
    [InlineData("-7 + 2", "-5")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^3^2", "512")]
    [InlineData("2**10", "1024")]
    [InlineData("5! / 3!", "20")]
    [InlineData("What is 15% of 80?", "12")]
    [InlineData("What is 15 percent of 80?", "12")]
    [InlineData("3/4 of 20", "15")]
    [InlineData("What is half of 90?", "45")]
    [InlineData("What is the square root of 144?", "12")]
    [InlineData("sqrt(2)", "1.414214")]
    [InlineData("√81", "9")]
    [InlineData("12²", "144")]
    [InlineData("What is 7 squared?", "49")]
    [InlineData("2 to the power of 8", "256")]
    [InlineData("What is the sum of 3, 4 and 5?", "12")]
    [InlineData("What is the difference between 100 and 42?", "58")]
    [InlineData("What is the difference between 3 and 10?", "7")]
    [InlineData("What is the difference between -5 and 3?", "8")]
    [InlineData("Subtract 8 from 20", "12")]
    [InlineData("Add 3 and 4.", "7")]
    [InlineData("Divide 84 by 7", "12")]
    [InlineData("What is the remainder when 17 is divided by 5?", "2")]
    [InlineData("17 mod 5", "2")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("What does 9 minus 12 equal?", "-3")]
    [InlineData("\\frac{3}{4} + \\frac{1}{4}", "1")]
    [InlineData("$12 \\times 12$", "144")]
    [InlineData("What is one hundred and five plus two thousand?", "2105")]
    [InlineData("I wonder how much 17 * 23 makes, do you know?", "391")]
    [InlineData("What is 17 * 23? Answer with the number only.", "391")]
    [InlineData("Question: What is 17 * 23?\nAnswer:", "391")]
    [InlineData("Answer concisely. What is 17 * 23?", "391")]
    [InlineData("10 - 2 - 3", "5")]
    [InlineData("100 / 10 / 2", "5")]
    [InlineData("2 + 3 * 4 - 1", "13")]
    [InlineData("((2))*((3))", "6")]
    public void CalculatesInSignsAndWords(string question, string answer) =>
        Assert.Equal(answer, Solver.Solve(question)?.Right.Text);

    [Theory]
    [InlineData("1 / 0")]
    [InlineData("2 +")]
    [InlineData("(1 + 2")]
    [InlineData("9^9^9^9")]
    [InlineData("9999999!")]
    [InlineData("sqrt(-1)")]
    [InlineData("42")]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("1..2 + 3")]
    [InlineData("16 percent of the students cannot roll their tongues. What percentage are heterozygous?")]
    [InlineData("I know that 17 * 23 eggs were sold and half were broken. What is left?")]
    public void WhatHasNoValueIsNotAnswered(string question) => Assert.Null(Solver.Solve(question));

    [Fact]
    public void DeepNestingIsRefusedNotFollowed() => Assert.Null(Solver.Solve(new string('(', 300) + "1" + new string(')', 300)));

    [Theory]
    [InlineData("17 * 23")]
    [InlineData("2 + 2")]
    [InlineData("12 / 8")]
    [InlineData("100 - 99")]
    public void WrongAnswersArePlausibleDistinctAndWrong(string question)
    {
        var problem = Solver.Solve(question)!;

        Assert.True(problem.Wrong.Count >= 5);
        Assert.DoesNotContain(problem.Right.Text, problem.Wrong.Select(w => w.Text));
        Assert.Equal(problem.Wrong.Count, problem.Wrong.Select(w => w.Text).Distinct().Count());
        Assert.All(problem.Wrong, w => Assert.True(w.Number!.Value.Sign >= 0));
    }
}
