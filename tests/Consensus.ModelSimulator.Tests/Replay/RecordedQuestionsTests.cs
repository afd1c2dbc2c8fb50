using Consensus.Contracts.Suites;
using Consensus.ModelSimulator.Replay;
using Consensus.Testing;

namespace Consensus.ModelSimulator.Tests.Replay;

public class RecordedQuestionsTests
{
    [Theory]
    [InlineData("What is a cell?\nA) a room\nB) a unit of life", "room first")]
    [InlineData("What is a cell? (A) a unit of life (B) a room", "life first")]
    [InlineData("What is a cell?\nA) a unit of life\nB) a room\nC) a phone", "three")]
    [InlineData("How many?\nA) 1\nB) 10", "one, ten")]
    [InlineData("How many?\nA) 10\nB) 1", "ten, one")]
    public void AShortQuestionIsFoundByItsChoicesInTheirOrder(string prompt, string answer) => Assert.Equal(answer, Recorded().Find(prompt));

    [Theory]
    [InlineData("What is a cell? Explain it.")]
    [InlineData("What is a cell?\nA) a prison\nB) a room")]
    [InlineData("Tell me: What is a cell?\nA) a room\nB) a unit of life")]
    public void AShortQuestionIsNotFoundElsewhere(string prompt) => Assert.Null(Recorded().Find(prompt));

    [Fact]
    public void EveryQuestionOfASuiteFindsItsOwnAnswer()
    {
        var items = SuiteFolder.Read("mmlu-pro-diverse9");
        var byId = items.ToDictionary(i => i.Id, i => new RecordedQuestion(i));
        var recorded = new RecordedQuestions();
        foreach (var (id, question) in byId)
        {
            recorded.Add(question, id);
        }

        foreach (var item in items)
        {
            var prompt = item.Question + "\n" + string.Join('\n', item.Choices!.Select((choice, i) => $"{(char)('A' + i)}) {choice}"));
            var found = recorded.Find(prompt);
            Assert.NotNull(found);
            // Or that of the same question with the same choices: the suite has some twice.
            Assert.Equal(byId[item.Id].Text, byId[found].Text);
            Assert.Equal(byId[item.Id].Choices, byId[found].Choices);
        }
    }

    private static RecordedQuestions Recorded()
    {
        var recorded = new RecordedQuestions();
        Add("What is a cell?", "room first", "a room", "a unit of life");
        Add("What is a cell?", "life first", "a unit of life", "a room");
        Add("What is a cell?", "three", "a unit of life", "a room", "a phone");
        Add("How many?", "one, ten", "1", "10");
        Add("How many?", "ten, one", "10", "1");
        return recorded;

        void Add(string question, string answer, params string[] choices) =>
            recorded.Add(new(new SuiteItem { Id = answer, Kind = "choice", Question = question, Choices = choices, Gold = "A", Responses = [] }), answer);
    }
}
