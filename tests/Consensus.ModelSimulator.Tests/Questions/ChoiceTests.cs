using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.Tests.Questions;

public class ChoiceTests
{
    [Theory]
    [InlineData("What is the capital of France?\nA) London\nB) Paris\nC) Rome\nD) Berlin", 'B')]
    [InlineData("What is the capital of France? (A) London (B) Rome (C) Paris", 'C')]
    [InlineData("What is the capital of France?\n\nA. Paris\nB. London\n\nAnswer with the letter only.", 'A')]
    [InlineData("Which city is the capital of France? Options: A) Lyon, B) Paris, C) Nice. Reply with one letter.", 'B')]
    [InlineData("Who wrote Hamlet?\na) Marlowe\nb) Shakespeare\nc) Jonson", 'B')]
    [InlineData("What is 17 * 23?\nA) 381\nB) 391\nC) 401", 'B')]
    [InlineData("What is 1000 + 234?\nA: 1,234\nB: 1,324", 'A')]
    [InlineData("Tom has 12 apples and gives 5 away. How many apples are left?\nA) 7 apples\nB) 17 apples", 'A')]
    [InlineData("Is 17 prime?\nA) Yes\nB) No", 'A')]
    [InlineData("Is a spider an insect?\nA. True\nB. False", 'B')]
    [InlineData("Which of these numbers is prime?\nA) 21\nB) 27\nC) 29\nD) 33", 'C')]
    [InlineData("Which of the following is the largest?\nA) 0.5\nB) 1/3\nC) 0.45", 'A')]
    [InlineData("Which of the following is divisible by 7?\n(A) 48\n(B) 49\n(C) 50", 'B')]
    [InlineData("Which planet is the largest?\nA) Mars\nB) Jupiter\nC) Saturn", 'B')]
    [InlineData("Question: What is the chemical symbol for gold?\nChoices:\nA) Ag\nB) Gd\nC) Au\nD) Go\nAnswer:", 'C')]
    public void PicksTheRightLetter(string question, char letter) => Assert.Equal(letter, Solver.Solve(question)?.Right.Letter);

    [Theory]
    [InlineData("Which is best?\nA) Java\nB) C#")]
    [InlineData("What is the capital of France?\nA) London\nB) Rome")]
    [InlineData("What is the capital of France?\nA) Paris\nB) Paris")]
    public void NoLetterWhereNoOneOptionIsKnownToBeRight(string question) => Assert.Null(Solver.Solve(question));

    [Fact]
    public void EveryOtherOptionIsAWrongAnswer()
    {
        var problem = Solver.Solve("What is the capital of France?\nA) London\nB) Paris\nC) Rome")!;

        Assert.Equal(['A', 'C'], problem.Wrong.Select(w => w.Letter!.Value));
    }

    [Fact]
    public void AnArticleIsNoOption() => Assert.Null(OptionList.Parse("I have a. question about b, and c) something."));
}
