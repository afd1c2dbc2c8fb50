using Consensus.ModelSimulator.Knowledge;
using Consensus.ModelSimulator.Questions;

namespace Consensus.ModelSimulator.Tests.Questions;

public class KnowledgeTests
{
    [Fact]
    public void KnowsAtLeastThreeHundredFacts() => Assert.True(FactBook.Default.Count >= 300);

    [Theory]
    [InlineData("What is the capital of France?", "Paris")]
    [InlineData("what's the capital of france", "Paris")]
    [InlineData("Which city is the capital of France?", "Paris")]
    [InlineData("What is France's capital?", "Paris")]
    [InlineData("Name the capital city of Japan.", "Tokyo")]
    [InlineData("Can you tell me the capital of the United States?", "Washington, D.C.")]
    [InlineData("What is the capital of Australia? Answer in one word.", "Canberra")]
    [InlineData("Please answer briefly: what is the capital of Peru?", "Lima")]
    [InlineData("Who wrote Hamlet?", "William Shakespeare")]
    [InlineData("Who is the author of \"Pride and Prejudice\"?", "Jane Austen")]
    [InlineData("Who wrote the novel 1984?", "George Orwell")]
    [InlineData("What is the chemical symbol for gold?", "Au")]
    [InlineData("What is the atomic number of carbon?", "6")]
    [InlineData("How many protons does helium have?", "2")]
    [InlineData("In what year did World War II end?", "1945")]
    [InlineData("When did WW2 end?", "1945")]
    [InlineData("When did the Second World War end?", "1945")]
    [InlineData("When did the Titanic sink?", "1912")]
    [InlineData("Who painted the Mona Lisa?", "Leonardo da Vinci")]
    [InlineData("How many legs does a spider have?", "8")]
    [InlineData("How many days are there in a leap year?", "366")]
    [InlineData("How many minutes are in an hour?", "60")]
    [InlineData("What is the largest planet in our solar system?", "Jupiter")]
    [InlineData("Which planet is known as the Red Planet?", "Mars")]
    [InlineData("What currency is used in Japan?", "yen")]
    [InlineData("What is the highest mountain in the world?", "Mount Everest")]
    [InlineData("What is the chemical formula of water?", "H2O")]
    [InlineData("At what temperature does water boil at sea level in Celsius?", "100")]
    [InlineData("Who discovered penicillin?", "Alexander Fleming")]
    public void AnswersInManyWordings(string question, string answer) => Assert.Equal(answer, Solver.Solve(question)?.Right.Text);

    [Theory]
    [InlineData("Is Paris the capital of France?", "Yes")]
    [InlineData("Is Lyon the capital of France?", "No")]
    [InlineData("Is London the capital of France?", "No")]
    [InlineData("True or false: Paris is the capital of France.", "True")]
    [InlineData("Did Shakespeare write Hamlet?", "Yes")]
    [InlineData("Was Hamlet written by Jane Austen?", "No")]
    [InlineData("Was Hamlet written by William Shakespeare?", "Yes")]
    [InlineData("Is the yen the currency of Japan?", "Yes")]
    [InlineData("Is Paris France's capital?", "Yes")]
    [InlineData("Is Russia the largest country in the world?", "Yes")]
    [InlineData("Is H the chemical symbol of hydrogen?", "Yes")]
    [InlineData("Is a spider an insect?", "No")]
    [InlineData("True or false: a whale is a fish.", "False")]
    [InlineData("Does a spider have 8 legs?", "Yes")]
    [InlineData("Did World War II end in 1944?", "No")]
    [InlineData("Is 17 prime?", "Yes")]
    [InlineData("Is 91 a prime number?", "No")]
    [InlineData("Is 7 > 3?", "Yes")]
    [InlineData("Is 7 greater than 13?", "No")]
    [InlineData("Is 2 + 2 equal to 5?", "No")]
    [InlineData("True or false: 3 * 4 = 12", "True")]
    [InlineData("2 + 2 = 5. True or false?", "False")]
    [InlineData("Is 12 divisible by 4?", "Yes")]
    [InlineData("Is 15 an even number?", "No")]
    [InlineData("Is 49 a perfect square?", "Yes")]
    [InlineData("Is 0.5 less than 1/3?", "No")]
    public void AnswersYesOrNo(string question, string answer) => Assert.Equal(answer, Solver.Solve(question)?.Right.Text);

    [Theory]
    [InlineData("Which is larger, 17 or 23?", "23")]
    [InlineData("What is the smallest of 4, 1/2, and 0.75?", "0.5")]
    [InlineData("Which number is greater: 1,000 or 999?", "1000")]
    public void PicksTheLargestOrSmallest(string question, string answer) => Assert.Equal(answer, Solver.Solve(question)?.Right.Text);

    [Theory]
    [InlineData("Why is Paris the capital of France?")]
    [InlineData("What is the capital of Atlantis?")]
    [InlineData("Is Paris not the capital of France?")]
    [InlineData("What is the meaning of life?")]
    [InlineData("Who will win the next election?")]
    [InlineData("Summarise the plot of Hamlet.")]
    [InlineData("Is it going to rain tomorrow?")]
    [InlineData("Should we migrate our database to PostgreSQL?")]
    [InlineData("What is the largest city in the world?")]
    [InlineData("What is the largest book?")]
    [InlineData("Who is the biggest human?")]
    [InlineData("What is the smallest book?")]
    [InlineData("Is Russia the largest book?")]
    [InlineData("Is France the capital of Paris?")]
    [InlineData("Is the capital of Paris France?")]
    [InlineData("True or false: Japan is the currency of the yen.")]
    [InlineData("Is hydrogen the chemical symbol of H?")]
    [InlineData("Did Hamlet write Shakespeare?")]
    [InlineData("Was Shakespeare written by Hamlet?")]
    public void WhatIsNotStoredIsNotAnswered(string question) => Assert.Null(Solver.Solve(question));

    [Fact]
    public void EveryFactIsFoundByItsOwnQuestionsAndHasWrongAnswers()
    {
        var file = FactFileReader.Read();
        foreach (var relation in file.Relations)
        {
            foreach (var row in relation.Facts)
            {
                Assert.True(row.Count >= 5, row[0]);
                foreach (var subject in row[0].Split('|'))
                {
                    Assert.Equal(row[1].Split('|')[0], Solver.Solve(relation.Ask[0].Replace("{0}", subject, StringComparison.Ordinal))?.Right.Text);
                }
            }
        }

        foreach (var single in file.Single)
        {
            Assert.All(single.Ask, ask => Assert.Equal(single.Is.Split('|')[0], Solver.Solve(ask)?.Right.Text));
            Assert.DoesNotContain(single.Is, single.Not);
        }
    }
}
