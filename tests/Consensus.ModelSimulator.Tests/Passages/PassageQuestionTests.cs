using Consensus.ModelSimulator.Answering;
using Consensus.ModelSimulator.Passages;
using Consensus.ModelSimulator.Tests.Support;

namespace Consensus.ModelSimulator.Tests.Passages;

public class PassageQuestionTests
{
    private const string Ticket = "0123456789abcdef";

    private static readonly string Instructions =
        $"Answer from the passages.\n\n{Fenced("title 1", "Lighthouses")}\n{Fenced("passage 1", "The light at Skerrin was lit in 1871.\nIts keeper was Ada Moen.")}\n\n"
        + $"{Fenced("passage 2", "The harbour of Skerrin has two cranes! Ships wait there in winter.")}\n\nCite them.";

    [Theory]
    [InlineData("When was the light at Skerrin lit?", "The light at Skerrin was lit in 1871 [1].")]
    [InlineData("Who was the keeper?", "Its keeper was Ada Moen [1].")]
    [InlineData("How many cranes has the harbour of Skerrin?", "The harbour of Skerrin has two cranes [2]!")]
    [InlineData("What is the boiling point of tungsten?", PassageQuestion.NotSaid)]
    public void TheRightAnswerIsTheSentenceThatHasTheQuestionsWordsWithItsPassageCited(string question, string answer)
    {
        var problem = PassageQuestion.Pose(Instructions, question)!;

        Assert.Equal(answer, problem.Right.Text);
        Assert.Equal(Categories.Reading, problem.Category);
        Assert.NotEmpty(problem.Wrong);
        Assert.DoesNotContain(problem.Wrong, wrong => wrong.Text == answer);
        Assert.Equal(problem.Wrong.Count, problem.Wrong.Select(wrong => wrong.Text).Distinct().Count());
    }

    [Fact]
    public void AMistakeIsAChangedNumberOrAnotherSentence() =>
        Assert.Contains(PassageQuestion.Pose(Instructions, "When was the light at Skerrin lit?")!.Wrong, wrong => wrong.Text == "The light at Skerrin was lit in 1872 [1].");

    [Theory]
    [InlineData("Answer briefly.")]
    [InlineData("<<<BEGIN passage 1 0123456789abcdef>>>\n| It does not end.")]
    [InlineData("<<<BEGIN passage 1 0123456789abcdef>>>\n<<<END passage 1 0123456789abcdef>>>")]
    public void WithoutPassagesItIsAnotherKindOfQuestion(string instructions) => Assert.Null(PassageQuestion.Pose(instructions, "When was the light lit?"));

    [Fact]
    public async Task ModelsThatAreAskedSoAnswerFromThePassages()
    {
        await using var simulator = await Simulator.StartAsync(("Simulator:Models:ada:Skill:Overall", "1"));

        var completion = await simulator.PostForJsonAsync(new
        {
            model = "ada",
            messages = new[] { new { role = "system", content = Instructions }, new { role = "user", content = "Who was the keeper?" } },
        });

        Assert.Equal("Its keeper was Ada Moen [1].", completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    private static string Fenced(string name, string text) =>
        $"<<<BEGIN {name} {Ticket}>>>\n{string.Join('\n', text.Split('\n').Select(line => $"| {line}"))}\n<<<END {name} {Ticket}>>>";
}
